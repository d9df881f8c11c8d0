/** What a command does with a whole cluster: bring up, scale, restart, watch, shut down. */
@NullMarked
package io.ratemesh.launcher.cluster;

import org.jspecify.annotations.NullMarked;
