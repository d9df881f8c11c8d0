/** What a client sees: answers, streams, and bytes where a library would tidy them up. */
@NullMarked
package io.ratemesh.systemtests.http;

import org.jspecify.annotations.NullMarked;
