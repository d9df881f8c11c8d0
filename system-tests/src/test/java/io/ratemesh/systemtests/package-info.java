/** What the whole does, seen from outside: real JVMs, a real browser, real faults. */
@NullMarked
package io.ratemesh.systemtests;

import org.jspecify.annotations.NullMarked;
