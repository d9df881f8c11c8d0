/**
 * The access log of a node: entries from event loops are queued, formatted and written by one thread, to standard output or a file. What an
 * entry contains and how its line looks is defined by each service.
 */
@NullMarked
package io.ratemesh.node.accesslog;

import org.jspecify.annotations.NullMarked;
