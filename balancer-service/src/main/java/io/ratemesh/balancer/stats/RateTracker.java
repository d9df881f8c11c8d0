package io.ratemesh.balancer.stats;

import io.ratemesh.balancer.listener.ListenerSnapshot;
import io.ratemesh.balancer.loadbalance.PoolSnapshot;
import io.ratemesh.balancer.tcp.TcpSnapshot;
import io.ratemesh.balancer.tcp.TcpTotals;
import io.ratemesh.balancer.upstream.UpstreamSnapshot;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Rates per second and maxima, from counters that are sampled each second. Peaks between two samples are not seen. Runs on one event loop.
 */
public final class RateTracker {

    /**
     * The rate of one counter.
     *
     * @param perSecond in the last second
     * @param maxPerSecond in any second
     * @param maxConcurrent connections open or requests in flight at any sample
     */
    public record Rate(long perSecond, long maxPerSecond, long maxConcurrent) {

        static final Rate NONE = new Rate(0, 0, 0);
    }

    private enum Kind {
        CONNECTION_ATTEMPTS,
        CONNECTIONS,
        REQUESTS,
        POOL,
        SERVER
    }

    private record Key(Kind kind, String name, String server) {}

    private record Sample(long count, Rate rate) {}

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private Map<Key, Sample> samples = new HashMap<>();
    private long lastNanos;

    /** Takes a sample; called each second. Forgets listeners, pools and servers that no longer exist. */
    public void sample(StatsSnapshot snapshot, long nowNanos) {
        long elapsed = nowNanos - lastNanos;
        lastNanos = nowNanos;
        Map<Key, Sample> next = new HashMap<>();
        for (StatsSnapshot.HttpListener each : snapshot.listeners()) {
            ListenerSnapshot counts = each.counts();
            connections(
                    next,
                    each.name(),
                    counts.connections(),
                    counts.connectionsRefused(),
                    counts.connectionsOpen(),
                    elapsed);
            sample(next, new Key(Kind.REQUESTS, each.name(), ""), counts.requests(), 0, elapsed);
        }
        for (TcpSnapshot each : snapshot.ports()) {
            TcpTotals traffic = each.traffic();
            connections(next, each.name(), traffic.connections(), each.refused(), traffic.open(), elapsed);
        }
        for (PoolSnapshot pool : snapshot.allPools()) {
            Key all = new Key(Kind.POOL, pool.name(), "");
            sample(next, all, pool.counts().requests(), pool.counts().inFlight(), elapsed);
            for (UpstreamSnapshot server : pool.servers()) {
                Key one = new Key(Kind.SERVER, pool.name(), server.id());
                sample(next, one, server.counts().requests(), server.counts().inFlight(), elapsed);
            }
        }
        samples = next;
    }

    private void connections(
            Map<Key, Sample> next, String listener, long accepted, long refused, long open, long elapsed) {
        sample(next, new Key(Kind.CONNECTIONS, listener, ""), accepted, open, elapsed);
        sample(next, new Key(Kind.CONNECTION_ATTEMPTS, listener, ""), accepted + refused, 0, elapsed);
    }

    /** Returns the rate of connections, including refused ones. */
    public Rate connectionAttempts(String listener) {
        return rateOf(new Key(Kind.CONNECTION_ATTEMPTS, listener, ""));
    }

    /** Returns the rate of accepted connections. */
    public Rate connections(String listener) {
        return rateOf(new Key(Kind.CONNECTIONS, listener, ""));
    }

    public Rate requests(String listener) {
        return rateOf(new Key(Kind.REQUESTS, listener, ""));
    }

    public Rate pool(String pool) {
        return rateOf(new Key(Kind.POOL, pool, ""));
    }

    public Rate server(String pool, String server) {
        return rateOf(new Key(Kind.SERVER, pool, server));
    }

    private void sample(Map<Key, Sample> next, Key key, long count, long concurrent, long elapsed) {
        Sample before = samples.get(key);
        if (before == null) {
            next.put(key, new Sample(count, new Rate(0, 0, concurrent)));
            return;
        }
        long perSecond = elapsed <= 0 ? 0 : Math.round(Math.max(0, count - before.count()) * (double) SECOND / elapsed);
        next.put(
                key,
                new Sample(
                        count,
                        new Rate(
                                perSecond,
                                Math.max(perSecond, before.rate().maxPerSecond()),
                                Math.max(concurrent, before.rate().maxConcurrent()))));
    }

    private Rate rateOf(Key key) {
        Sample found = samples.get(key);
        return found == null ? Rate.NONE : found.rate();
    }
}
