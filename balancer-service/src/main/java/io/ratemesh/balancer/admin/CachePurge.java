package io.ratemesh.balancer.admin;

import io.ratemesh.balancer.cache.ResponseCache;
import io.ratemesh.balancer.cache.RouteCaches;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An order to remove stored responses: of a URL, of a route, or all. */
record CachePurge(Kind kind, String subject) {

    enum Kind {
        URL,
        ROUTE,
        ALL
    }

    /**
     * Reads an order.
     *
     * @throws IllegalArgumentException if the body is invalid; the message says why
     */
    static CachePurge read(@Nullable Buffer body) {
        Map<String, Object> fields = StrictBody.read(body, new TreeSet<>(Set.of("all", "route", "url")));
        if (fields.size() != 1) {
            throw new IllegalArgumentException("the body must have one of url, route and all; use {\"url\":"
                    + "\"https://shop.example.com/items/1\"}, {\"route\":\"/items/\"} or {\"all\":true}");
        }
        if (Boolean.TRUE.equals(fields.get("all"))) {
            return new CachePurge(Kind.ALL, "all");
        }
        if (fields.get("route") instanceof String route) {
            return new CachePurge(Kind.ROUTE, route);
        }
        if (fields.get("url") instanceof String url) {
            parse(url);
            return new CachePurge(Kind.URL, url);
        }
        throw new IllegalArgumentException("url and route must be strings, and all must be true");
    }

    /** Removes the responses; returns their number, or nothing where no route of this name has a cache. */
    OptionalInt apply(RouteCaches caches) {
        return switch (kind) {
            case ALL -> OptionalInt.of(caches.purgeAll());
            case ROUTE ->
                caches.find(subject)
                        .map(ResponseCache::purgeAll)
                        .map(OptionalInt::of)
                        .orElse(OptionalInt.empty());
            case URL -> OptionalInt.of(purge(parse(subject), caches));
        };
    }

    private static int purge(URI url, RouteCaches caches) {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String target = url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
        return caches.purge(url.getRawAuthority().toLowerCase(Locale.ROOT), target);
    }

    private static URI parse(String url) {
        try {
            URI parsed = new URI(url);
            boolean complete = parsed.getRawAuthority() != null && parsed.getRawPath() != null;
            if (complete && ("http".equals(parsed.getScheme()) || "https".equals(parsed.getScheme()))) {
                return parsed;
            }
        } catch (URISyntaxException e) {
            // The same message.
        }
        throw new IllegalArgumentException("url: must be one of http or https with its host, as clients ask for it");
    }
}
