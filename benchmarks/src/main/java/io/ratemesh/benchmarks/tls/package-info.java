/**
 * {@code bench tls}: the balancer compared with HAProxy and nginx over TLS. The same without TLS is in {@code proxy}.
 */
@NullMarked
package io.ratemesh.benchmarks.tls;

import org.jspecify.annotations.NullMarked;
