package io.ratemesh.balancer.proxy;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.Locale;
import java.util.Set;

/**
 * What of a message goes on, and what is added: one pass over its fields each way. A client's own {@code X-Forwarded-*}
 * is dropped, for anyone can write them.
 */
final class ForwardedHeaders {

    private static final CharSequence FORWARDED = HttpHeaders.createOptimized("Forwarded");
    private static final CharSequence FORWARDED_FOR = HttpHeaders.createOptimized("X-Forwarded-For");
    private static final CharSequence FORWARDED_PROTO = HttpHeaders.createOptimized("X-Forwarded-Proto");
    private static final CharSequence FORWARDED_HOST = HttpHeaders.createOptimized("X-Forwarded-Host");
    private static final CharSequence FORWARDED_PORT = HttpHeaders.createOptimized("X-Forwarded-Port");
    private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("X-Request-Id");
    private static final CharSequence VIA = HttpHeaders.createOptimized("Via");
    private static final CharSequence HTTP = HttpHeaders.createOptimized("http");
    private static final CharSequence PSEUDONYM = HttpHeaders.createOptimized("1.1 ratemesh");

    private final RequestIds ids = new RequestIds();
    private final CharSequence port;

    /**
     * For one event loop.
     *
     * @param port the front door's, as {@code X-Forwarded-Port} says it
     */
    ForwardedHeaders(int port) {
        this.port = HttpHeaders.createOptimized(String.valueOf(port));
    }

    /** Writes the request's fields as the upstream is to see them. */
    void toUpstream(HttpServerRequest from, MultiMap to) {
        MultiMap given = from.headers();
        Set<String> named = named(given);
        given.forEach((name, value) -> {
            if (!HopByHop.always(name) && !ours(name) && !isNamed(named, name)) {
                to.add(name, value);
            }
        });
        SocketAddress client = from.remoteAddress();
        to.set(FORWARDED_FOR, client == null ? "unknown" : client.hostAddress());
        to.set(FORWARDED_PROTO, HTTP);
        String host = given.get(HttpHeaders.HOST);
        if (host != null) {
            to.set(FORWARDED_HOST, host);
        }
        to.set(FORWARDED_PORT, port);
        to.set(REQUEST_ID, ids.of(given.get(REQUEST_ID)));
        to.add(VIA, PSEUDONYM);
    }

    /** Writes the answer's fields as the client is to see them. */
    void toClient(MultiMap from, MultiMap to) {
        Set<String> named = named(from);
        from.forEach((name, value) -> {
            if (!HopByHop.always(name) && !isNamed(named, name)) {
                to.add(name, value);
            }
        });
    }

    private static Set<String> named(MultiMap headers) {
        return headers.contains(HttpHeaders.CONNECTION)
                ? HopByHop.named(headers.getAll(HttpHeaders.CONNECTION))
                : Set.of();
    }

    private static boolean isNamed(Set<String> named, String name) {
        return !named.isEmpty() && named.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Whether a field is one that only a proxy may write. */
    private static boolean ours(String name) {
        return switch (name.length()) {
            case 9 -> FORWARDED.toString().equalsIgnoreCase(name);
            case 12 -> REQUEST_ID.toString().equalsIgnoreCase(name);
            case 15, 16, 17, 18 -> name.regionMatches(true, 0, "X-Forwarded-", 0, 12);
            default -> false;
        };
    }
}
