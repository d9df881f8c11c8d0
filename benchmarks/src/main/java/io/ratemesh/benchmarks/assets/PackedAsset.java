package io.ratemesh.benchmarks.assets;

import java.util.List;
import java.util.Optional;

/**
 * An asset of the UI.
 *
 * @param path that it is served at
 * @param contentType with a charset for text
 * @param immutable whether its name contains its hash
 * @param bytes of its content
 * @param gzipBytes of its gzip variant, if it has one
 */
record PackedAsset(String path, String contentType, boolean immutable, int bytes, Optional<Integer> gzipBytes) {

    private static final int FIELDS = 5;

    /** Splits a line of the index that io.ratemesh.assets.IndexEntry writes. */
    static List<String> fields(String indexLine) {
        List<String> fields = List.of(indexLine.split("\t", -1));
        if (fields.size() != FIELDS) {
            throw new IllegalStateException(
                    "asset index: a line has " + fields.size() + " fields instead of " + FIELDS + ": " + indexLine);
        }
        return fields;
    }

    /** A line of nginx's block {@code types}: the media type and the suffix of the name. */
    String nginxType() {
        return contentType.split(";", 2)[0].strip() + " " + path.substring(path.lastIndexOf('.') + 1);
    }
}
