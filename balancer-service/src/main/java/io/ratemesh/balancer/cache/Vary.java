package io.ratemesh.balancer.cache;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The fields of a request that select a response (RFC 9111 §4.1). */
final class Vary {

    private static final String ANYTHING = "*";

    /** What the balancer writes differently for each client or request. */
    private static final Set<String> OF_EACH_REQUEST = Set.of("x-forwarded-for", "x-request-id", "forwarded");

    private Vary() {}

    /** The names in a response, in lower case and in order; empty where it can be used for no other request. */
    static Optional<List<String>> names(HttpHeaders head) {
        TreeSet<String> names = new TreeSet<>();
        for (String value : head.getAll(HttpHeaderNames.VARY)) {
            for (String name : value.split(",", -1)) {
                String bare = name.strip().toLowerCase(Locale.ROOT);
                if (bare.equals(ANYTHING) || OF_EACH_REQUEST.contains(bare)) {
                    return Optional.empty();
                }
                if (!bare.isEmpty()) {
                    names.add(bare);
                }
            }
        }
        return Optional.of(List.copyOf(names));
    }

    /** The values of these fields in a request, one line for each. Spaces in a list do not matter, a field that is missing does. */
    static String values(List<String> names, MultiMap request) {
        StringBuilder values = new StringBuilder();
        for (String name : names) {
            values.append('\n');
            if (request.contains(name)) {
                values.append('=').append(String.join(",", request.getAll(name)).replaceAll("\\s*,\\s*", ","));
            }
        }
        return values.toString();
    }
}
