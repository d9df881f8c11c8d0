package io.ratemesh.balancer.accesslog;

import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.upstream.Upstream;

/**
 * Connections and requests in flight when a line is written, shortly after its request ended: its connection is included, the request is
 * not.
 *
 * @param total connections open at all listeners
 * @param atListener connections open at the request's listener
 * @param inPool requests in flight in the pool
 * @param atServer requests in flight at the server
 */
record ConcurrencySnapshot(long total, long atListener, long inPool, long atServer) {

    static ConcurrencySnapshot of(AccessEntry entry, long total, long atListener) {
        Pool pool = entry.pool();
        Upstream upstream = entry.upstream();
        long inPool = 0;
        if (pool != null) {
            for (Upstream each : pool.upstreams()) {
                inPool += each.requestsInFlight();
            }
        }
        return new ConcurrencySnapshot(
                Math.max(1, total),
                Math.max(1, atListener),
                inPool,
                upstream == null ? 0 : upstream.requestsInFlight());
    }
}
