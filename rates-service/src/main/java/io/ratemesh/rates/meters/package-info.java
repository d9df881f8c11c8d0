/** What a rates node counts. */
@NullMarked
package io.ratemesh.rates.meters;

import org.jspecify.annotations.NullMarked;
