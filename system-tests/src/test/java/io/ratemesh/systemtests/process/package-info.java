/** JVMs of the built jars, and the ports they are given. */
@NullMarked
package io.ratemesh.systemtests.process;

import org.jspecify.annotations.NullMarked;
