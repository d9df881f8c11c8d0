/** The access log of the balancer: one line per request, formatted and written off the event loops. What a request was is measured in {@code proxy}. */
@NullMarked
package io.ratemesh.balancer.accesslog;

import org.jspecify.annotations.NullMarked;
