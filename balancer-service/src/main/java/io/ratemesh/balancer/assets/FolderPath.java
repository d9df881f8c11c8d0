package io.ratemesh.balancer.assets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The path of a request, relative to a folder. It is percent-decoded once (RFC 3986 §2.4); empty segments are dropped.
 *
 * @param segments names from the folder down, none of them hidden; empty for the folder itself
 * @param folder whether it ends in a slash and so names a folder
 */
record FolderPath(List<String> segments, boolean folder) {

    /** The only hidden name that is served (RFC 8615). */
    private static final String WELL_KNOWN = ".well-known";

    /**
     * Parses a path.
     *
     * @param path in origin form, without query
     * @return empty if it cannot name a file: a hidden name (dot segments included), an encoded slash, a backslash, a control character, or
     *     invalid UTF-8
     */
    static Optional<FolderPath> of(String path) {
        if (!path.startsWith("/")) {
            return Optional.empty();
        }
        List<String> segments = new ArrayList<>();
        for (String raw : path.split("/", -1)) {
            if (raw.isEmpty()) {
                continue;
            }
            Optional<String> name = decode(raw);
            if (name.isEmpty() || !isServed(name.get(), segments.isEmpty())) {
                return Optional.empty();
            }
            segments.add(name.get());
        }
        return Optional.of(new FolderPath(List.copyOf(segments), path.endsWith("/")));
    }

    /**
     * Resolves the path.
     *
     * @throws InvalidPathException if the file system does not allow such a name
     */
    Path under(Path root) {
        Path path = root;
        for (String segment : segments) {
            path = path.resolve(segment);
        }
        return path;
    }

    private static boolean isServed(String name, boolean first) {
        if (name.startsWith(".") && !(first && name.equals(WELL_KNOWN))) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '/' || c == '\\' || Character.isISOControl(c)) {
                return false;
            }
        }
        return true;
    }

    private static Optional<String> decode(String segment) {
        if (segment.indexOf('%') < 0) {
            return Optional.of(segment);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(segment.length());
        for (int at = 0; at < segment.length(); at++) {
            char c = segment.charAt(at);
            if (c == '%') {
                int high = at + 2 < segment.length() ? Character.digit(segment.charAt(at + 1), 16) : -1;
                int low = high < 0 ? -1 : Character.digit(segment.charAt(at + 2), 16);
                if (low < 0) {
                    return Optional.empty();
                }
                bytes.write(high << 4 | low);
                at += 2;
            } else {
                bytes.write(c);
            }
        }
        try {
            return Optional.of(UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
