package io.ratemesh.balancer.proxy;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.ratemesh.balancer.http.HopByHop;
import io.vertx.core.MultiMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Copies the fields of a response to the client, without hop-by-hop fields. */
final class ResponseFields {

    /** Fields that are never a trailer (RFC 9110 §6.5.1), because recipients need them before the content. */
    private static final Set<String> NEVER_TRAILING = Set.of(
            "content-length",
            "host",
            "content-type",
            "content-encoding",
            "content-range",
            "set-cookie",
            "authorization",
            "age",
            "cache-control",
            "expires",
            "date",
            "location",
            "retry-after",
            "trailer",
            "vary");

    private ResponseFields() {}

    /** Copies the fields of the head, in one pass. */
    static void head(HttpHeaders from, MultiMap to) {
        Set<String> named = from.contains(HttpHeaderNames.CONNECTION)
                ? HopByHop.named(from.getAll(HttpHeaderNames.CONNECTION))
                : Set.of();
        Iterator<Map.Entry<CharSequence, CharSequence>> fields = from.iteratorCharSequence();
        while (fields.hasNext()) {
            Map.Entry<CharSequence, CharSequence> field = fields.next();
            CharSequence name = field.getKey();
            if (!HopByHop.always(name)
                    && (named.isEmpty() || !named.contains(name.toString().toLowerCase(Locale.ROOT)))) {
                to.add(name, field.getValue());
            }
        }
    }

    /** Copies the trailers. */
    static void trailers(HttpHeaders from, MultiMap to) {
        from.forEach(field -> {
            String name = field.getKey().toLowerCase(Locale.ROOT);
            if (!HopByHop.always(name) && !NEVER_TRAILING.contains(name)) {
                to.add(field.getKey(), field.getValue());
            }
        });
    }
}
