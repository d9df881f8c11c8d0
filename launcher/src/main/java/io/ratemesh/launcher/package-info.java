/** The commands behind {@code ./ratemesh}: they start, show and steer a cluster on one machine. */
@NullMarked
package io.ratemesh.launcher;

import org.jspecify.annotations.NullMarked;
