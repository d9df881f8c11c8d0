package io.ratemesh.balancer.http;

import java.util.Set;

/** The fields that may not follow the body of a request. */
final class TrailerNames {

    /** Fields for framing, routing, trust or the type of the content (RFC 9110 §6.5.1). */
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

    static boolean isAllowed(String lowerCase) {
        return !FORBIDDEN.contains(lowerCase);
    }
}
