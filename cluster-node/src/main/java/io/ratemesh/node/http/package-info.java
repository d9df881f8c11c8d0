/**
 * The HTTP endpoints of every role: health and metrics. The endpoints of one role are in its service.
 */
@NullMarked
package io.ratemesh.node.http;

import org.jspecify.annotations.NullMarked;
