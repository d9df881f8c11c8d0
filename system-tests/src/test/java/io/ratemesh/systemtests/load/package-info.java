/** A steady load of requests during a fault, and its outcome. The faults are in the tests. */
@NullMarked
package io.ratemesh.systemtests.load;

import org.jspecify.annotations.NullMarked;
