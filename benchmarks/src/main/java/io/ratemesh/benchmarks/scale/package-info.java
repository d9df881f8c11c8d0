/** {@code bench scale}: what the scaler does under a load that doubles and falls. */
@NullMarked
package io.ratemesh.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
