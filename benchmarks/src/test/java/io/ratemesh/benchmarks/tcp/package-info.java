@NullMarked
package io.ratemesh.benchmarks.tcp;

import org.jspecify.annotations.NullMarked;
