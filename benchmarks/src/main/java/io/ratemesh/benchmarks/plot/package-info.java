/** Plots of figures as SVG, without AWT: a headless JDK may have no fonts, and a file of text can be compared. */
@NullMarked
package io.ratemesh.benchmarks.plot;

import org.jspecify.annotations.NullMarked;
