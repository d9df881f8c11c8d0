/**
 * Serves the browser UI from memory and the files of a folder from disk, with conditions and ranges. Assets are packed in the module {@code
 * static}; which requests get here is decided by the router.
 */
@NullMarked
package io.ratemesh.balancer.assets;

import org.jspecify.annotations.NullMarked;
