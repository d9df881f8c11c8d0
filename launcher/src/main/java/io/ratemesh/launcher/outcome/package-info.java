/** How a command ends and what it prints, and how it waits. What the commands do is not here. */
@NullMarked
package io.ratemesh.launcher.outcome;

import org.jspecify.annotations.NullMarked;
