/** Currencies that another one replaced, and the legal rates of the euro. Market rates are not here. */
@NullMarked
package io.ratemesh.model.legacy;

import org.jspecify.annotations.NullMarked;
