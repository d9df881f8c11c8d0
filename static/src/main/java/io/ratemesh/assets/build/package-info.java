/**
 * Packs the web sources at build time: fingerprints names, rewrites references, writes compressed files. It needs compression libraries
 * that the balancer does not have, so nothing outside the build may use it.
 */
@NullMarked
package io.ratemesh.assets.build;

import org.jspecify.annotations.NullMarked;
