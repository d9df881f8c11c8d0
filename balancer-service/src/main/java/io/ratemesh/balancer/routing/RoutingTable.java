package io.ratemesh.balancer.routing;

import io.ratemesh.node.settings.RouteSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which pool a request goes to: of the routes that fit its path the longest.
 *
 * <p>{@code /shop/} takes {@code /shop/} and all below it, and {@code /shop} too; {@code /shop} takes what {@code /shop/}
 * does, and nothing like {@code /shopping}; {@code /} takes all, and alone {@code *}, the server as a whole. Paths are compared as they are written: the front door lets
 * no other spelling of a dot segment through.
 *
 * @param <P> a pool
 */
public final class RoutingTable<P> {

    /** One route; {@code path} without the slash it ended in. */
    private record Route<P>(String path, P pool) {

        /** Whether a target's path is the route's or below it. */
        boolean matches(String target) {
            int end = path.length();
            if (!target.startsWith(path)) {
                return false;
            }
            if (target.length() == end || end == 0) {
                return true;
            }
            char next = target.charAt(end);
            return next == '/' || next == '?';
        }
    }

    private final List<Route<P>> longestFirst;

    private RoutingTable(List<Route<P>> longestFirst) {
        this.longestFirst = longestFirst;
    }

    /** No route at all. */
    public static <P> RoutingTable<P> empty() {
        return new RoutingTable<>(List.of());
    }

    /** The routes of the settings, each with what its pool's name stands for. */
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
     * The pool of a request; null where no route fits.
     *
     * @param target in origin form with its query, or {@code *}
     */
    public @Nullable P find(String target) {
        // By index: an iterator for each request is one object too many.
        for (int i = 0; i < longestFirst.size(); i++) {
            Route<P> route = longestFirst.get(i);
            if (route.matches(target)) {
                return route.pool();
            }
        }
        return null;
    }

    /** Whether a route is for a path or for what is below it, and not for more. */
    public boolean hasRouteWithin(String path) {
        return longestFirst.stream()
                .anyMatch(route -> route.path().equals(path) || route.path().startsWith(path + "/"));
    }

    /** Whether a path on its own, such as that of an asset, has a route. */
    public boolean hasRoute(String path) {
        return find(path) != null;
    }
}
