package io.ratemesh.converter.http;

import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Entity tags (RFC 9110 §8.8.3). Of an answer from the book, the tag is made of the book's version, whether the answer
 * says stale, and the request in one spelling; of an answer from the history, of what it says. Either way it is the same
 * on every node.
 */
public final class EntityTag {

    /** Half of a SHA-256 is plenty to tell answers apart. */
    private static final int DIGEST_BYTES = 16;

    private EntityTag() {}

    /** Makes a strong tag. {@code request} has only letters, digits, {@code .}, {@code _} and {@code -}. */
    public static String of(long version, boolean stale, String request) {
        return "\"" + version + (stale ? "-stale-" : "-") + request + '"';
    }

    /** Makes a strong tag of what is answered. */
    public static String of(Buffer body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body.getBytes());
            return '"' + HexFormat.of().formatHex(digest, 0, DIGEST_BYTES) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Whether {@code If-None-Match} names the tag: compared weakly, as RFC 9110 §13.1.2 says.
     *
     * @param condition the field's value, or {@code *}
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
