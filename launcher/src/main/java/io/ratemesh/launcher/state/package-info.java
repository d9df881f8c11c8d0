/** What a cluster on this machine is, kept in files so that any later command knows it. */
@NullMarked
package io.ratemesh.launcher.state;

import org.jspecify.annotations.NullMarked;
