package io.ratemesh.balancer.http;

import java.util.HexFormat;

/** Predicates on request targets in origin form, with or without a query. They compare paths byte by byte. */
public final class RequestPaths {

    private static final String API = "/api";
    private static final String FRANKFURTER = "/v1";
    private static final String HEALTH = "/health";

    private RequestPaths() {}

    /** Whether a target is part of an API, whose clients read JSON: {@code /api}, {@code /v1} and all below them. */
    public static boolean isApi(String target) {
        return isAtOrBelow(target, API) || isFrankfurter(target);
    }

    /** {@link #isApi(String)} for the bytes from {@code from} to {@code to}. */
    public static boolean isApi(byte[] bytes, int from, int to) {
        return isAtOrBelow(bytes, from, to, API) || isAtOrBelow(bytes, from, to, FRANKFURTER);
    }

    /** Whether a target is part of the API that is compatible with Frankfurter: {@code /v1} and all below it. */
    public static boolean isFrankfurter(String target) {
        return isAtOrBelow(target, FRANKFURTER);
    }

    /** Whether a target is one of the node's health resources: {@code /health} and all below it. */
    public static boolean isHealth(String target) {
        return isAtOrBelow(target, HEALTH);
    }

    /**
     * Whether the path of a target is this path or below it.
     *
     * @param path without a slash at its end; the empty path is above every target
     */
    public static boolean isAtOrBelow(String target, String path) {
        int end = path.length();
        return target.startsWith(path) && (end == 0 || target.length() == end || endsSegment(target.charAt(end)));
    }

    /**
     * A target with the path that servers may read in it: escapes decoded to a character for each byte, and slashes in a row merged, as
     * nginx does. An escaped question mark stays, so that it begins no query. The same object where nothing changes.
     */
    public static String decoded(String target) {
        if (target.indexOf('%') < 0 && !target.contains("//")) {
            return target;
        }
        int query = target.indexOf('?');
        int end = query < 0 ? target.length() : query;
        StringBuilder decoded = new StringBuilder(target.length());
        char last = 0;
        for (int at = 0; at < end; at++) {
            char next = target.charAt(at);
            if (next == '%' && isEscape(target, at, end)) {
                char escaped = (char) HexFormat.fromHexDigits(target, at + 1, at + 3);
                if (escaped != '?') {
                    next = escaped;
                    at += 2;
                }
            }
            if (next != '/' || last != '/') {
                decoded.append(next);
            }
            last = next;
        }
        return decoded.append(target, end, target.length()).toString();
    }

    private static boolean isEscape(String target, int at, int end) {
        return at + 2 < end
                && HexFormat.isHexDigit(target.charAt(at + 1))
                && HexFormat.isHexDigit(target.charAt(at + 2));
    }

    private static boolean isAtOrBelow(byte[] bytes, int from, int to, String path) {
        int end = from + path.length();
        return end <= to
                && ByteClasses.exactly(bytes, from, end, path)
                && (end == to || endsSegment((char) bytes[end]));
    }

    private static boolean endsSegment(char next) {
        return next == '/' || next == '?';
    }
}
