@NullMarked
package io.ratemesh.benchmarks.assets;

import org.jspecify.annotations.NullMarked;
