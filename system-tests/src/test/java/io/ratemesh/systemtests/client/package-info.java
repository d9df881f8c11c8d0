/** Programs that people use as clients of a front door, or put in front of one. */
@NullMarked
package io.ratemesh.systemtests.client;

import org.jspecify.annotations.NullMarked;
