@NullMarked
package io.ratemesh.benchmarks.process;

import org.jspecify.annotations.NullMarked;
