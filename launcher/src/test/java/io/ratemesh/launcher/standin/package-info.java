/** Tiny nodes that keep what the launcher relies on, so that its tests need none of the services. */
@NullMarked
package io.ratemesh.launcher.standin;

import org.jspecify.annotations.NullMarked;
