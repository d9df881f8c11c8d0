/** The few settings of the user that the launcher must know too, and the ports. */
@NullMarked
package io.ratemesh.launcher.settings;

import org.jspecify.annotations.NullMarked;
