@NullMarked
package io.ratemesh.benchmarks.contender;

import org.jspecify.annotations.NullMarked;
