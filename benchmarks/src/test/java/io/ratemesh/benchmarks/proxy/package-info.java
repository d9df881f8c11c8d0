@NullMarked
package io.ratemesh.benchmarks.proxy;

import org.jspecify.annotations.NullMarked;
