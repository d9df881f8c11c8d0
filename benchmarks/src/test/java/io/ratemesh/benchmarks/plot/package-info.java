@NullMarked
package io.ratemesh.benchmarks.plot;

import org.jspecify.annotations.NullMarked;
