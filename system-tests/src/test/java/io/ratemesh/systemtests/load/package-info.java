/** Requests that keep coming while something happens. */
@NullMarked
package io.ratemesh.systemtests.load;

import org.jspecify.annotations.NullMarked;
