/** Operations on a whole cluster: start, scale, restart, watch, stop. Single processes are started and ended in the package process. */
@NullMarked
package io.ratemesh.launcher.cluster;

import org.jspecify.annotations.NullMarked;
