/**
 * What the ECB's reference rates were on every day since 1999-01-04 (source: European Central Bank), and what the books
 * of the last two days said minute by minute, in memory.
 */
@NullMarked
package io.ratemesh.model.history;

import org.jspecify.annotations.NullMarked;
