/** The settings that the launcher needs too, and free ports. All other settings are read by the nodes alone. */
@NullMarked
package io.ratemesh.launcher.settings;

import org.jspecify.annotations.NullMarked;
