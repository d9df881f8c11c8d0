/**
 * The feeds: the address of each provider and the format of its responses. Nothing here uses the network or decides which quote
 * is accepted.
 */
@NullMarked
package io.ratemesh.rates.feed;

import org.jspecify.annotations.NullMarked;
