package io.ratemesh.balancer.routing;

import io.ratemesh.balancer.http.RequestPaths;
import io.ratemesh.node.settings.RouteSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Selects the pool of a request: the longest route that matches its path.
 *
 * <p>{@code /shop/} matches {@code /shop/}, all paths below it, and {@code /shop}; {@code /shop} matches the same, and not
 * {@code /shopping}; {@code /} matches all, and alone matches {@code *}, the server as a whole. Paths are compared as they are
 * written: listeners reject dot segments in any encoding.
 *
 * @param <P> a pool
 */
public final class RoutingTable<P> {

    /** One route; {@code path} without its trailing slash. */
    private record Route<P>(String path, P pool) {

        /** Whether a target's path is the route's or below it. */
        boolean matches(String target) {
            return RequestPaths.isAtOrBelow(target, path);
        }
    }

    private final List<Route<P>> longestFirst;

    private RoutingTable(List<Route<P>> longestFirst) {
        this.longestFirst = longestFirst;
    }

    /** A table without routes. */
    public static <P> RoutingTable<P> empty() {
        return new RoutingTable<>(List.of());
    }

    /** The routes of the settings; {@code pools} finds a pool by name. */
    public static <P> RoutingTable<P> of(List<RouteSettings> settings, Function<String, P> pools) {
        List<Route<P>> routes = new ArrayList<>();
        for (RouteSettings route : settings) {
            String path = route.path();
            boolean slash = path.endsWith("/");
            routes.add(new Route<>(slash ? path.substring(0, path.length() - 1) : path, pools.apply(route.pool())));
        }
        routes.sort(Comparator.comparingInt(route -> -route.path().length()));
        return new RoutingTable<>(List.copyOf(routes));
    }

    /**
     * The pool of a request; null where no route matches.
     *
     * @param target in origin form with its query, or {@code *}
     */
    public @Nullable P find(String target) {
        // By index: an iterator would be one more object per request.
        for (int i = 0; i < longestFirst.size(); i++) {
            Route<P> route = longestFirst.get(i);
            if (route.matches(target)) {
                return route.pool();
            }
        }
        return null;
    }

    /** Whether a route is for this path or for a path below it. */
    public boolean hasRouteWithin(String path) {
        return longestFirst.stream().anyMatch(route -> RequestPaths.isAtOrBelow(route.path(), path));
    }

    /** Whether a route matches a path. */
    public boolean hasRoute(String path) {
        return find(path) != null;
    }
}
