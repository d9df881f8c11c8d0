/**
 * The role and the state of a node, which all other packages share. Everything else is in the packages below: settings, cluster,
 * announcements, lifecycle and shared data.
 */
@NullMarked
package io.ratemesh.node;

import org.jspecify.annotations.NullMarked;
