/** What the running cluster says of itself through its front door and its stats port. */
@NullMarked
package io.ratemesh.launcher.front;

import org.jspecify.annotations.NullMarked;
