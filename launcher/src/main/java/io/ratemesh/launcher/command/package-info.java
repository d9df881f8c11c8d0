/** One class per command: its options, its help and its messages. The work on the nodes is in the packages cluster and process. */
@NullMarked
package io.ratemesh.launcher.command;

import org.jspecify.annotations.NullMarked;
