package io.ratemesh.assets;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One line of the index that the packer writes and the catalog reads.
 *
 * @param path of requests, with its leading slash
 * @param contentType the media type, with the charset for text
 * @param immutable whether the name contains the hash of the content
 * @param digest sha-256 of the plain bytes, hex, shortened to {@link #DIGEST_LENGTH}
 * @param encodings that exist besides the plain file
 */
public record IndexEntry(String path, String contentType, boolean immutable, String digest, Set<Encoding> encodings) {
    /** 128 bits in hex, so that different contents never share an entity tag. */
    public static final int DIGEST_LENGTH = 32;

    private static final String PAGE = "page";
    private static final String IMMUTABLE = "immutable";
    private static final int FIELDS = 5;

    public IndexEntry {
        encodings = Set.copyOf(encodings);
    }

    /** Formats the entry as a line without line end: five fields, separated by tabs. */
    public String format() {
        String packed = Arrays.stream(Encoding.values())
                .filter(encodings::contains)
                .map(Encoding::name)
                .collect(Collectors.joining(","));
        return String.join("\t", path, contentType, immutable ? IMMUTABLE : PAGE, digest, packed);
    }

    /**
     * Parses a line.
     *
     * @throws IllegalArgumentException if it was not written by {@link #format()}
     */
    public static IndexEntry parse(String line) {
        List<String> fields = List.of(line.split("\t", -1));
        if (fields.size() != FIELDS) {
            throw new IllegalArgumentException(
                    "asset index line: " + fields.size() + " fields; must be " + FIELDS + ": " + line);
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
