/**
 * Packs the web sources at build time: fingerprints names, rewrites references, writes compressed siblings. Needs the
 * compression libraries, which the running balancer does not have: nothing outside the build may call in here.
 */
@NullMarked
package io.ratemesh.assets.build;

import org.jspecify.annotations.NullMarked;
