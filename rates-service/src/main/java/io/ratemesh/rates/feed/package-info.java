/** The feeds: what each provider is asked and how its answer reads. Nothing here touches the network. */
@NullMarked
package io.ratemesh.rates.feed;

import org.jspecify.annotations.NullMarked;
