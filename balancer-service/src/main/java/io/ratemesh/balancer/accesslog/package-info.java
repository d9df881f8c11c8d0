/**
 * The entries of the balancer's access log and how they look, as HAProxy's httplog or as JSON. Queues, writing and rotation are in {@code
 * node.accesslog}; what an exchange did is measured in {@code proxy}.
 */
@NullMarked
package io.ratemesh.balancer.accesslog;

import org.jspecify.annotations.NullMarked;
