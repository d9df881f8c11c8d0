package io.ratemesh.balancer.http;

import java.util.ArrayList;
import java.util.List;

/**
 * The entity tags in {@code If-Match} or {@code If-None-Match} (RFC 9110 §8.8.3). A list is read up to its first syntax error; a tag may
 * contain commas.
 *
 * @param any whether the field is {@code *}
 * @param tags with quotes, and {@code W/} before weak ones
 */
public record EntityTags(boolean any, List<String> tags) {

    private static final String WEAK = "W/";

    /** Parses the value of a field, of several lines joined with commas. */
    public static EntityTags parse(String field) {
        String list = field.strip();
        if (list.equals("*")) {
            return new EntityTags(true, List.of());
        }
        List<String> tags = new ArrayList<>(1);
        int at = skipSeparators(list, 0);
        while (at < list.length()) {
            int open = list.startsWith(WEAK, at) ? at + WEAK.length() : at;
            int close = open < list.length() && list.charAt(open) == '"' ? list.indexOf('"', open + 1) : -1;
            if (close < 0) {
                break;
            }
            tags.add(list.substring(at, close + 1));
            int next = skipSeparators(list, close + 1);
            if (next < list.length() && list.substring(close + 1, next).indexOf(',') < 0) {
                break;
            }
            at = next;
        }
        return new EntityTags(false, tags);
    }

    /** Returns whether a tag is listed, by strong comparison: weak tags never match (RFC 9110 §8.8.3.2). */
    public boolean containsStrong(String tag) {
        return any || (isStrong(tag) && tags.contains(tag));
    }

    /** Returns whether a tag is listed, by weak comparison. */
    public boolean containsWeak(String tag) {
        if (any || tags.contains(tag)) {
            return true;
        }
        String opaque = opaque(tag);
        for (String each : tags) {
            if (opaque(each).equals(opaque)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether a tag is a strong one. */
    public static boolean isStrong(String tag) {
        return tag.startsWith("\"");
    }

    private static String opaque(String tag) {
        return isStrong(tag) ? tag : tag.substring(WEAK.length());
    }

    private static int skipSeparators(String list, int from) {
        int at = from;
        while (at < list.length() && (list.charAt(at) == ',' || list.charAt(at) == ' ' || list.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }
}
