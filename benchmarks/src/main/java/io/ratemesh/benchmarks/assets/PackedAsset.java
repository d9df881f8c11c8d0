package io.ratemesh.benchmarks.assets;

import java.util.Optional;

/**
 * An asset.
 *
 * @param bytes of it as it is
 * @param gzipBytes of it packed with gzip; nothing where that made it no smaller
 */
record PackedAsset(IndexLine index, int bytes, Optional<Integer> gzipBytes) {}
