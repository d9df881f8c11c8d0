/** How a command ends and what it says. */
@NullMarked
package io.ratemesh.launcher.outcome;

import org.jspecify.annotations.NullMarked;
