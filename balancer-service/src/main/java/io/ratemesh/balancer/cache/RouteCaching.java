package io.ratemesh.balancer.cache;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a route has to do with caches.
 *
 * @param own its cache; null if it has none
 * @param all the caches of all routes, which unsafe requests invalidate
 * @param copied fields, by name in lower case, that another server writes into the request ({@code forward-auth}): they may say who the user is
 */
public record RouteCaching(@Nullable ResponseCache own, List<ResponseCache> all, List<String> copied) {

    /** A request of an unsafe method succeeded: what is stored of its target is not valid any more (RFC 9111 §4.4). */
    public void invalidate(String host, String target) {
        all.forEach(cache -> cache.purge(host, target));
    }
}
