/** Node processes: how they are started, told apart and stopped. */
@NullMarked
package io.ratemesh.launcher.process;

import org.jspecify.annotations.NullMarked;
