@NullMarked
package io.ratemesh.benchmarks.warm;

import org.jspecify.annotations.NullMarked;
