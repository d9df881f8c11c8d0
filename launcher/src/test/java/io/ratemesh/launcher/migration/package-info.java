@NullMarked
package io.ratemesh.launcher.migration;

import org.jspecify.annotations.NullMarked;
