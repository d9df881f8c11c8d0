/** One class per command line. */
@NullMarked
package io.ratemesh.launcher.command;

import org.jspecify.annotations.NullMarked;
