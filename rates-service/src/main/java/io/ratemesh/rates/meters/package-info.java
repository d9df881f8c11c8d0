/** The metrics of polls, rejected quotes and the book. Those of the history are in the package history. */
@NullMarked
package io.ratemesh.rates.meters;

import org.jspecify.annotations.NullMarked;
