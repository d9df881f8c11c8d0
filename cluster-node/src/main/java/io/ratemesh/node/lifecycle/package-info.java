/**
 * The lifecycle of a node: command line, start, reload, commands, drain and stop. What the node serves is a
 * {@link io.ratemesh.node.lifecycle.NodeService} of another module.
 */
@NullMarked
package io.ratemesh.node.lifecycle;

import org.jspecify.annotations.NullMarked;
