/** How fast a cluster is right after its start, and while its converters are restarted. */
@NullMarked
package io.ratemesh.benchmarks.warm;

import org.jspecify.annotations.NullMarked;
