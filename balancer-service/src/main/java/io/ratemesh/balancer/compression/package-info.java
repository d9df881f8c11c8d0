/** Compression of responses on their way to the client: which, with which coding, and the coders. */
@NullMarked
package io.ratemesh.balancer.compression;

import org.jspecify.annotations.NullMarked;
