/** A provider of rates that says what a test wants. */
@NullMarked
package io.ratemesh.systemtests.feed;

import org.jspecify.annotations.NullMarked;
