@NullMarked
package io.ratemesh.benchmarks.stack;

import org.jspecify.annotations.NullMarked;
