/**
 * The command line of {@code ./ratemesh}, which starts, shows and changes a cluster on one machine. The nodes are processes of
 * their own, and nothing of their code is used here.
 */
@NullMarked
package io.ratemesh.launcher;

import org.jspecify.annotations.NullMarked;
