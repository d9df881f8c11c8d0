package io.ratemesh.balancer.proxy;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The fields that are meant for the next hop only and go no further (RFC 9110 §7.6.1): a fixed list, and those that
 * {@code Connection} names.
 */
final class HopByHop {

    private static final Set<String> ALWAYS = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /** What {@code Connection} may name without taking anything from the message: it is about the connection alone. */
    private static final Set<String> ABOUT_THE_CONNECTION = Set.of("close", "keep-alive");

    private HopByHop() {}

    /** Whether a field never goes further; {@code name} in any case. */
    static boolean always(String name) {
        // The length rules out nearly every field without making it lower case.
        return switch (name.length()) {
            case 2, 7, 10, 16, 17, 18, 19 -> ALWAYS.contains(name.toLowerCase(Locale.ROOT));
            default -> false;
        };
    }

    /**
     * What the {@code Connection} fields of a message name.
     *
     * @param connection the values of all its {@code Connection} fields
     * @return lower-case names, empty for nearly every message
     */
    static Set<String> named(List<String> connection) {
        Set<String> named = Set.of();
        for (String value : connection) {
            for (String option : value.split(",", -1)) {
                String name = option.strip().toLowerCase(Locale.ROOT);
                if (!name.isEmpty() && !ABOUT_THE_CONNECTION.contains(name)) {
                    named = named.isEmpty() ? new HashSet<>() : named;
                    named.add(name);
                }
            }
        }
        return named;
    }
}
