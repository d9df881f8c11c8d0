/** Which module may import which, and rules for packages and names. Behaviour is tested elsewhere. */
@NullMarked
package io.ratemesh.systemtests.architecture;

import org.jspecify.annotations.NullMarked;
