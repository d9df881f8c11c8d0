@NullMarked
package io.ratemesh.benchmarks.sse;

import org.jspecify.annotations.NullMarked;
