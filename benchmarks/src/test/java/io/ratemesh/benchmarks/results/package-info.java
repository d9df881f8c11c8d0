@NullMarked
package io.ratemesh.benchmarks.results;

import org.jspecify.annotations.NullMarked;
