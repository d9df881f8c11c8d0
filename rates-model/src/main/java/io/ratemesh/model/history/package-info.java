/** What the ECB's reference rates were on every day since 1999-01-04, in memory. Source: European Central Bank. */
@NullMarked
package io.ratemesh.model.history;

import org.jspecify.annotations.NullMarked;
