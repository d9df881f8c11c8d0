package io.ratemesh.benchmarks.assets;

import java.util.List;

/**
 * What is needed here of a line of the assets' index.
 *
 * @param path that it is served at
 * @param contentType with its charset for text
 * @param immutable whether its name carries its hash
 */
record IndexLine(String path, String contentType, boolean immutable) {

    private static final int FIELDS = 5;

    /** As io.ratemesh.assets.IndexEntry writes it. */
    static IndexLine parse(String line) {
        List<String> fields = List.of(line.split("\t", -1));
        if (fields.size() != FIELDS) {
            throw new IllegalStateException(
                    "asset index line: " + fields.size() + " fields (expected: " + FIELDS + "): " + line);
        }
        return new IndexLine(fields.get(0), fields.get(1), fields.get(2).equals("immutable"));
    }

    /** Of its name, without the dot; empty where it has none. */
    String suffix() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** Without the charset. */
    String mediaType() {
        return contentType.split(";", 2)[0].strip();
    }
}
