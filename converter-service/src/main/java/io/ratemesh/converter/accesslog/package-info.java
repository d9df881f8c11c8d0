/**
 * The entries of a converter's access log and their JSON lines. Queues and writing are in {@code node.accesslog}.
 */
@NullMarked
package io.ratemesh.converter.accesslog;

import org.jspecify.annotations.NullMarked;
