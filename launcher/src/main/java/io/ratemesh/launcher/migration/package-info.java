/** {@code import}: configurations of HAProxy and nginx become settings. */
@NullMarked
package io.ratemesh.launcher.migration;

import org.jspecify.annotations.NullMarked;
