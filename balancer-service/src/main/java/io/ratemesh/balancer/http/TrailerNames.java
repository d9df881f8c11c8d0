package io.ratemesh.balancer.http;

import java.util.Set;

/** Which fields may follow the body of a request. */
public final class TrailerNames {

    /** What says how to read, route, or trust a message, or what its content is (RFC 9110 §6.5.1). */
    private static final Set<String> FORBIDDEN = Set.of(
            "authorization",
            "cache-control",
            "connection",
            "content-encoding",
            "content-length",
            "content-range",
            "content-type",
            "cookie",
            "expect",
            "forwarded",
            "host",
            "if-match",
            "if-modified-since",
            "if-none-match",
            "if-range",
            "if-unmodified-since",
            "keep-alive",
            "max-forwards",
            "pragma",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "range",
            "set-cookie",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "www-authenticate",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-port",
            "x-forwarded-proto",
            "x-request-id");

    private TrailerNames() {}

    /** Whether a field may; {@code lowerCase} is its name. */
    public static boolean allowed(String lowerCase) {
        return !FORBIDDEN.contains(lowerCase);
    }
}
