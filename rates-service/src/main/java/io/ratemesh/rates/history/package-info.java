/** What a rates node knows of the past: the ECB's days, the minutes the cluster has seen, and how gaps are filled. */
@NullMarked
package io.ratemesh.rates.history;

import org.jspecify.annotations.NullMarked;
