/** Tests of the whole system from outside: real JVMs, a real browser, real faults. Tests of one module are in that module. */
@NullMarked
package io.ratemesh.systemtests;

import org.jspecify.annotations.NullMarked;
