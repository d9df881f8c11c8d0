package io.ratemesh.converter.http;

/**
 * Entity tags (RFC 9110 §8.8.3). A tag is made of the book's version, whether the answer says stale, and the request in
 * one spelling, so that it is the same on every node.
 */
public final class EntityTag {

    private EntityTag() {}

    /** Makes a strong tag. {@code request} has only letters, digits, {@code .}, {@code _} and {@code -}. */
    public static String of(long version, boolean stale, String request) {
        return "\"" + version + (stale ? "-stale-" : "-") + request + '"';
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
