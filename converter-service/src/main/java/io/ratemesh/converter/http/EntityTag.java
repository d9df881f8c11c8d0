package io.ratemesh.converter.http;

import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;

/**
 * Entity tags (RFC 9110 §8.8.3). The tag of a response from the book is made of the book's version, staleness and the
 * normalized request; any other tag is a hash of the content. Both are the same on every node.
 */
public final class EntityTag {

    /** Half of a SHA-256. */
    private static final int HASH_BYTES = 16;

    private EntityTag() {}

    /**
     * The strong tag of a response from the book.
     *
     * @param request has only letters, digits, {@code .}, {@code _} and {@code -}
     */
    public static String of(long version, boolean stale, String request) {
        return "\"" + version + (stale ? "-stale-" : "-") + request + '"';
    }

    /** The strong tag of some content. */
    public static String of(Buffer content) {
        return '"' + HexFormat.of().formatHex(Sha256Hash.of(content.getBytes()), 0, HASH_BYTES) + '"';
    }

    /**
     * Whether {@code If-None-Match} names the tag, by weak comparison (RFC 9110 §13.1.2).
     *
     * @param condition the field's value
     */
    public static boolean matches(String condition, String tag) {
        if ("*".equals(condition.strip())) {
            return true;
        }
        int open = condition.indexOf('"');
        while (open >= 0) {
            int close = condition.indexOf('"', open + 1);
            if (close < 0) {
                return false;
            }
            if (close + 1 - open == tag.length() && condition.startsWith(tag, open)) {
                return true;
            }
            open = condition.indexOf('"', close + 1);
        }
        return false;
    }
}
