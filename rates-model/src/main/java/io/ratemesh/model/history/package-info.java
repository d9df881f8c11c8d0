/**
 * Past rates in memory and as bytes: the ECB's reference rates of every day since 1999-01-04 (source: European Central Bank),
 * and the rates of the books of the last two days by minute. Files, fetching and the cluster are not here.
 */
@NullMarked
package io.ratemesh.model.history;

import org.jspecify.annotations.NullMarked;
