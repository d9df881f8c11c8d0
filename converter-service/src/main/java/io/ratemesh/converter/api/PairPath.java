package io.ratemesh.converter.api;

/** Paths that end with a pair, as {@code /api/v1/rates/USD/JPY}. */
final class PairPath {

    private PairPath() {}

    /** Whether a path has two segments after the prefix, whatever they say. */
    static boolean at(String prefix, String path) {
        if (!path.startsWith(prefix)) {
            return false;
        }
        int slash = path.indexOf('/', prefix.length());
        return slash > prefix.length() && slash < path.length() - 1 && path.indexOf('/', slash + 1) < 0;
    }

    /** The first segment of such a path. */
    static String first(String prefix, String path) {
        return path.substring(prefix.length(), path.indexOf('/', prefix.length()));
    }

    /** The second one. */
    static String second(String prefix, String path) {
        return path.substring(path.indexOf('/', prefix.length()) + 1);
    }
}
