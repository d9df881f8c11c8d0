/** The part of a node's HTTP that is the same for every role: health and metrics. */
@NullMarked
package io.ratemesh.node.http;

import org.jspecify.annotations.NullMarked;
