/** The access log: one line a request, as HAProxy writes it or as JSON, formatted and written off the event loops. */
@NullMarked
package io.ratemesh.balancer.log;

import org.jspecify.annotations.NullMarked;
