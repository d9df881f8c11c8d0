package io.ratemesh.balancer.routing;

import io.ratemesh.balancer.http.RequestPaths;
import io.ratemesh.node.settings.RouteMatch;
import io.ratemesh.node.settings.RouteSettings;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Selects what happens with a request: the most specific route that matches it, whatever the order of the settings. A route for a host
 * is more specific than one for {@code *.example.com}, and that than one for all hosts; then an exact path than a prefix, and a longer
 * prefix than a shorter one; then the route with more conditions on method and fields.
 *
 * <p>{@code /shop/} matches {@code /shop/}, all paths below it, and {@code /shop}; {@code /shop} matches the same, and not
 * {@code /shopping}; {@code /} matches all, and alone matches {@code *}, the server as a whole. Paths are compared as servers may read
 * them, with escapes decoded and slashes merged, so that {@code //shop/} and {@code /%73hop/} do not pass by the route for
 * {@code /shop/}. Listeners reject dot segments in any encoding.
 *
 * @param <A> what happens
 */
public final class RoutingTable<A> {

    private static final Comparator<RouteMatch> SPECIFIC_FIRST = Comparator.<RouteMatch>comparingInt(
                    RoutingTable::hostRank)
            .thenComparing(RouteMatch::exact)
            .thenComparing(match -> withoutSlash(match).length())
            .thenComparing(RouteMatch::conditions)
            .reversed();

    /**
     * What conditions besides the path look at.
     *
     * @param host with its port, if the client sent it; null if there is none
     */
    public record Traits(String method, @Nullable String host, MultiMap headers) {}

    /** One route; {@code path} decoded and without its trailing slash, {@code host} without its asterisk. */
    private record Route<A>(RouteMatch match, String path, String host, A action) {

        /** Whether a target's path is the route's or below it. */
        boolean matches(String target) {
            return RequestPaths.isAtOrBelow(target, path) && (!match.exact() || isExact(target));
        }

        private boolean isExact(String target) {
            return target.length() == path.length() || target.charAt(path.length()) == '?';
        }

        boolean matches(Traits request, String requestHost) {
            return matchesHost(requestHost)
                    && (match.methods().isEmpty() || match.methods().contains(request.method()))
                    && match.headers().entrySet().stream()
                            .allMatch(field -> request.headers().contains(field.getKey(), field.getValue(), false));
        }

        private boolean matchesHost(String requestHost) {
            return match.host().isEmpty()
                    || (isWildcard(match)
                            ? requestHost.length() > host.length() && requestHost.endsWith(host)
                            : requestHost.equals(host));
        }
    }

    private final List<Route<A>> specificFirst;
    private final boolean byPathAlone;
    private final boolean comparesPaths;

    private RoutingTable(List<Route<A>> specificFirst) {
        this.specificFirst = specificFirst;
        this.byPathAlone = specificFirst.stream()
                .allMatch(
                        route -> route.match().host().isEmpty() && route.match().conditions() == 0);
        this.comparesPaths =
                specificFirst.stream().anyMatch(route -> !route.path().isEmpty());
    }

    /** A table without routes. */
    public static <A> RoutingTable<A> empty() {
        return new RoutingTable<>(List.of());
    }

    /** The routes of the settings. */
    public static <A> RoutingTable<A> of(List<RouteSettings> settings, Function<RouteSettings, A> actions) {
        List<Route<A>> routes = new ArrayList<>();
        for (RouteSettings each : settings) {
            RouteMatch match = each.match();
            String host = match.host().orElse("");
            routes.add(new Route<>(
                    match,
                    RequestPaths.decoded(match.exact() ? match.path() : withoutSlash(match)),
                    isWildcard(match) ? host.substring(1) : host,
                    actions.apply(each)));
        }
        routes.sort(Comparator.comparing(Route::match, SPECIFIC_FIRST));
        return new RoutingTable<>(List.copyOf(routes));
    }

    /** Whether the path alone decides, so that {@link #find(String)} is enough. */
    boolean isByPathAlone() {
        return byPathAlone;
    }

    /**
     * What happens with a request, by its path alone; null where no route matches.
     *
     * @param target in origin form with its query, or {@code *}
     */
    public @Nullable A find(String target) {
        String read = asServersRead(target);
        // By index: an iterator would be one more object per request.
        for (int i = 0; i < specificFirst.size(); i++) {
            Route<A> route = specificFirst.get(i);
            if (route.matches(read)) {
                return route.action();
            }
        }
        return null;
    }

    /** What happens with a request; null where no route matches. */
    public @Nullable A find(String target, Traits request) {
        String read = asServersRead(target);
        String host = hostOf(request.host());
        return specificFirst.stream()
                .filter(route -> route.matches(read) && route.matches(request, host))
                .findFirst()
                .map(Route::action)
                .orElse(null);
    }

    /** Whether a route is for this path or for a path below it. */
    public boolean hasRouteWithin(String path) {
        return specificFirst.stream().anyMatch(route -> RequestPaths.isAtOrBelow(route.path(), path));
    }

    /** Whether a route matches a path. */
    public boolean hasRoute(String path) {
        return find(path) != null;
    }

    private String asServersRead(String target) {
        return comparesPaths ? RequestPaths.decoded(target) : target;
    }

    /** Without port and final dot, in lower case. */
    private static String hostOf(@Nullable String authority) {
        if (authority == null) {
            return "";
        }
        int colon = authority.lastIndexOf(':');
        String host = colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
        return (host.endsWith(".") ? host.substring(0, host.length() - 1) : host).toLowerCase(Locale.ROOT);
    }

    private static int hostRank(RouteMatch match) {
        Optional<String> host = match.host();
        return isWildcard(match) ? host.orElseThrow().length() : host.isPresent() ? Integer.MAX_VALUE : 0;
    }

    private static boolean isWildcard(RouteMatch match) {
        return match.host().filter(host -> host.startsWith("*.")).isPresent();
    }

    private static String withoutSlash(RouteMatch match) {
        String path = match.path();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
