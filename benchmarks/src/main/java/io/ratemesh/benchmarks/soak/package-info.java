/**
 * {@code bench soak}: memory of the balancer over millions of requests and aborted clients. Speed is measured in {@code proxy}.
 */
@NullMarked
package io.ratemesh.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
