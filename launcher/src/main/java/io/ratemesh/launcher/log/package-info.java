/** The logs of the nodes. */
@NullMarked
package io.ratemesh.launcher.log;

import org.jspecify.annotations.NullMarked;
