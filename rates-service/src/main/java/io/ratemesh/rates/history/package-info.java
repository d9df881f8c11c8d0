/**
 * The history on a rates node: the ECB's days, the minutes the cluster has recorded, and how missing days are fetched. Its
 * data structures and their formats are in rates-model.
 */
@NullMarked
package io.ratemesh.rates.history;

import org.jspecify.annotations.NullMarked;
