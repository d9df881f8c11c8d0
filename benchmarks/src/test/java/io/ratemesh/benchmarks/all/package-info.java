@NullMarked
package io.ratemesh.benchmarks.all;

import org.jspecify.annotations.NullMarked;
