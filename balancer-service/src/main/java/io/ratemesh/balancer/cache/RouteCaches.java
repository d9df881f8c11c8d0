package io.ratemesh.balancer.cache;

import io.ratemesh.node.settings.RouteSettings;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The caches of all routes. A reload keeps those of routes that did not change. Thread-safe. */
public final class RouteCaches {

    private volatile Map<RouteSettings, ResponseCache> byRoute = Map.of();

    /**
     * Uses these routes. A route that is new or changed begins with an empty cache.
     *
     * @return what each route has to do with the caches; empty where no route has one
     */
    public synchronized Map<RouteSettings, RouteCaching> use(List<RouteSettings> routes) {
        Map<RouteSettings, ResponseCache> next = new LinkedHashMap<>();
        for (RouteSettings route : routes) {
            route.cache()
                    .ifPresent(settings -> next.put(
                            route,
                            Optional.ofNullable(byRoute.get(route))
                                    .orElseGet(() -> new ResponseCache(
                                            route.match().name(),
                                            settings,
                                            System::nanoTime,
                                            InstantSource.system()))));
        }
        byRoute = next;
        List<ResponseCache> all = List.copyOf(next.values());
        Map<RouteSettings, RouteCaching> caching = new HashMap<>();
        if (!all.isEmpty()) {
            routes.forEach(route -> caching.put(route, new RouteCaching(next.get(route), all, copied(route))));
        }
        return caching;
    }

    private static List<String> copied(RouteSettings route) {
        return route.access().forwardAuth().stream()
                .flatMap(server -> server.copyHeaders().stream())
                .sorted()
                .toList();
    }

    /** The cache of a route by its name. */
    public Optional<ResponseCache> find(String route) {
        return byRoute.values().stream()
                .filter(cache -> cache.route().equals(route))
                .findFirst();
    }

    /** Removes a URL from all caches. Returns the number of entries. */
    public int purge(String host, String target) {
        return byRoute.values().stream()
                .mapToInt(cache -> cache.purge(host, target))
                .sum();
    }

    /** Removes everything from all caches. Returns the number of entries. */
    public int purgeAll() {
        return byRoute.values().stream().mapToInt(ResponseCache::purgeAll).sum();
    }

    public List<CacheSnapshot> snapshots() {
        return byRoute.values().stream().map(ResponseCache::snapshot).toList();
    }
}
