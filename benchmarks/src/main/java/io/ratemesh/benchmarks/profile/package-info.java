/** Where the time of our front door goes while it is loaded. */
@NullMarked
package io.ratemesh.benchmarks.profile;

import org.jspecify.annotations.NullMarked;
