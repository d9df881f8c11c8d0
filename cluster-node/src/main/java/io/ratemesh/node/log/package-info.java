/**
 * The configuration of the node's own log, one line per event. The access log, with one line per request, is not here.
 */
@NullMarked
package io.ratemesh.node.log;

import org.jspecify.annotations.NullMarked;
