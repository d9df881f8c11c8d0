/** The log files of the nodes: rotation, the last lines, following. What a node logs is not here. */
@NullMarked
package io.ratemesh.launcher.log;

import org.jspecify.annotations.NullMarked;
