@NullMarked
package io.ratemesh.benchmarks.tls;

import org.jspecify.annotations.NullMarked;
