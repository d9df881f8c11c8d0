package io.ratemesh.converter.route;

import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route of a request. A path that no route matches leads to 404, a method that the path does not support to 405,
 * and OPTIONS to a preflight response: these are routes too, so no handler has to look at methods.
 */
public final class RouteTable {

    private static final String PAIR = "{from}/{to}";
    private static final String ANY = "*";

    private final Map<String, PathRoutes> exact = new HashMap<>();
    private final List<Prefix> prefixes = new ArrayList<>();

    /**
     * Makes a table.
     *
     * @param routes by path; a path may end with <code>{from}/{to}</code> for any two segments, or with {@code *} for any rest
     */
    public RouteTable(Map<String, PathRoutes> routes) {
        routes.forEach((path, of) -> {
            if (path.endsWith(PAIR)) {
                prefixes.add(new Prefix(path.substring(0, path.length() - PAIR.length()), true, of));
            } else if (path.endsWith(ANY)) {
                prefixes.add(new Prefix(path.substring(0, path.length() - ANY.length()), false, of));
            } else {
                exact.put(path, of);
            }
        });
    }

    /**
     * The route of a request.
     *
     * @param accept the value of {@code Accept}; empty when the request has none
     */
    public Route find(HttpMethod method, String path, String accept) {
        PathRoutes routes = exact.get(path);
        if (routes == null) {
            routes = byPrefix(path);
        }
        return routes == null ? Route.NOT_FOUND : routes.find(method, accept);
    }

    private @Nullable PathRoutes byPrefix(String path) {
        for (int i = 0; i < prefixes.size(); i++) {
            if (prefixes.get(i).matches(path)) {
                return prefixes.get(i).routes();
            }
        }
        return null;
    }

    private record Prefix(String prefix, boolean pair, PathRoutes routes) {

        boolean matches(String path) {
            if (!path.startsWith(prefix) || !pair) {
                return path.startsWith(prefix);
            }
            int slash = path.indexOf('/', prefix.length());
            return slash > prefix.length() && slash < path.length() - 1 && path.indexOf('/', slash + 1) < 0;
        }
    }
}
