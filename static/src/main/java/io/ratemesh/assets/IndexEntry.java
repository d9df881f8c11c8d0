package io.ratemesh.assets;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One line of the index that the packer writes and the catalog reads.
 *
 * @param path the path it is served at, with its leading slash
 * @param contentType the media type, with the charset for text
 * @param immutable whether the name carries the content's hash
 * @param digest sha-256 of the plain bytes, hex, shortened to {@link #DIGEST_LENGTH}
 * @param encodings in which it was packed beside plain
 */
public record IndexEntry(String path, String contentType, boolean immutable, String digest, Set<Encoding> encodings) {
    /** 128 bits in hex: no two contents will ever share an entity tag. */
    public static final int DIGEST_LENGTH = 32;

    private static final String PAGE = "page";
    private static final String IMMUTABLE = "immutable";
    private static final int FIELDS = 5;

    public IndexEntry {
        encodings = Set.copyOf(encodings);
    }

    /** The line, without its end: five fields between tabs. */
    public String format() {
        String packed = Arrays.stream(Encoding.values())
                .filter(encodings::contains)
                .map(Encoding::name)
                .collect(Collectors.joining(","));
        return String.join("\t", path, contentType, immutable ? IMMUTABLE : PAGE, digest, packed);
    }

    /**
     * Reads a line back.
     *
     * @throws IllegalArgumentException if it was not written by {@link #format()}
     */
    public static IndexEntry parse(String line) {
        List<String> fields = List.of(line.split("\t", -1));
        if (fields.size() != FIELDS) {
            throw new IllegalArgumentException(
                    "asset index line: " + fields.size() + " fields (expected: " + FIELDS + "): " + line);
        }
        Set<Encoding> encodings = EnumSet.noneOf(Encoding.class);
        for (String name : fields.get(4).split(",", -1)) {
            if (!name.isEmpty()) {
                encodings.add(Encoding.valueOf(name));
            }
        }
        return new IndexEntry(fields.get(0), fields.get(1), fields.get(2).equals(IMMUTABLE), fields.get(3), encodings);
    }
}
