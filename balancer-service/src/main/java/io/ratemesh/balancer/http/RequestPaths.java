package io.ratemesh.balancer.http;

/** Predicates on request targets in origin form, with or without a query. Paths are compared byte by byte, as they are written. */
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
