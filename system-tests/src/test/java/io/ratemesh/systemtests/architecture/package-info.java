/** Who may import whom. */
@NullMarked
package io.ratemesh.systemtests.architecture;

import org.jspecify.annotations.NullMarked;
