@NullMarked
package io.ratemesh.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
