@NullMarked
package io.ratemesh.benchmarks.growth;

import org.jspecify.annotations.NullMarked;
