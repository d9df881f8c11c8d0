/** At what a pair converts, now or on a past day: the market's book, the ECB's history and the law together. */
@NullMarked
package io.ratemesh.model.quote;

import org.jspecify.annotations.NullMarked;
