/** Those that others use instead: HAProxy and nginx, with the configuration each of them gets. */
@NullMarked
package io.ratemesh.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
