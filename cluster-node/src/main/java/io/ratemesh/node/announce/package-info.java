/**
 * The announcements of nodes, once a second, and the leases that follow from them. What a balancer does with the nodes is
 * not here.
 */
@NullMarked
package io.ratemesh.node.announce;

import org.jspecify.annotations.NullMarked;
