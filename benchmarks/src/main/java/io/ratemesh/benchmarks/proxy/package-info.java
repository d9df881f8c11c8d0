/** Our front door beside HAProxy and nginx, in front of the same upstreams. Run by {@code ./ratemesh bench proxy}. */
@NullMarked
package io.ratemesh.benchmarks.proxy;

import org.jspecify.annotations.NullMarked;
