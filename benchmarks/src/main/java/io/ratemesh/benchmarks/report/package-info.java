/** Reports and Markdown tables of results, and the goals for ratios. Nothing is measured here. */
@NullMarked
package io.ratemesh.benchmarks.report;

import org.jspecify.annotations.NullMarked;
