/** The state of a cluster on this machine in files, shared by all commands. How nodes are started and stopped is not here. */
@NullMarked
package io.ratemesh.launcher.state;

import org.jspecify.annotations.NullMarked;
