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
 * What came a second, and how much was there at once, from counts that are looked at each second: what comes and goes between
 * two looks is in no maximum. Lives on one event loop.
 */
public final class RateTracker {

    /**
     * How something goes.
     *
     * @param perSecond in the last second
     * @param mostPerSecond in any second
     * @param mostAtOnce open or under way at any look
     */
    public record Trend(long perSecond, long mostPerSecond, long mostAtOnce) {

        static final Trend NONE = new Trend(0, 0, 0);
    }

    private enum Kind {
        ARRIVALS,
        CONNECTIONS,
        REQUESTS,
        POOL,
        SERVER
    }

    private record Key(Kind kind, String name, String server) {}

    private record Seen(long count, Trend trend) {}

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private Map<Key, Seen> seen = new HashMap<>();
    private long lastNanos;

    /** Looks; to be called each second. What is no longer there is forgotten. */
    public void look(StatsSnapshot snapshot, long nowNanos) {
        long passed = nowNanos - lastNanos;
        lastNanos = nowNanos;
        Map<Key, Seen> next = new HashMap<>();
        for (StatsSnapshot.Listener each : snapshot.listeners()) {
            ListenerSnapshot counts = each.counts();
            connections(
                    next,
                    each.name(),
                    counts.connections(),
                    counts.connectionsRefused(),
                    counts.connectionsOpen(),
                    passed);
            look(next, new Key(Kind.REQUESTS, each.name(), ""), counts.requests(), 0, passed);
        }
        for (TcpSnapshot each : snapshot.ports()) {
            TcpTotals traffic = each.traffic();
            connections(next, each.name(), traffic.connections(), each.refused(), traffic.open(), passed);
        }
        for (PoolSnapshot pool : snapshot.allPools()) {
            Key all = new Key(Kind.POOL, pool.name(), "");
            look(next, all, pool.counts().requests(), pool.counts().inFlight(), passed);
            for (UpstreamSnapshot server : pool.servers()) {
                Key one = new Key(Kind.SERVER, pool.name(), server.id());
                look(next, one, server.counts().requests(), server.counts().inFlight(), passed);
            }
        }
        seen = next;
    }

    private void connections(Map<Key, Seen> next, String listener, long letIn, long refused, long open, long passed) {
        look(next, new Key(Kind.CONNECTIONS, listener, ""), letIn, open, passed);
        look(next, new Key(Kind.ARRIVALS, listener, ""), letIn + refused, 0, passed);
    }

    /** Connections that came, those included that were refused. */
    public Trend arrivals(String listener) {
        return trend(new Key(Kind.ARRIVALS, listener, ""));
    }

    /** Connections that were let in. */
    public Trend connections(String listener) {
        return trend(new Key(Kind.CONNECTIONS, listener, ""));
    }

    public Trend requests(String listener) {
        return trend(new Key(Kind.REQUESTS, listener, ""));
    }

    public Trend pool(String pool) {
        return trend(new Key(Kind.POOL, pool, ""));
    }

    public Trend server(String pool, String server) {
        return trend(new Key(Kind.SERVER, pool, server));
    }

    private void look(Map<Key, Seen> next, Key key, long count, long atOnce, long passed) {
        Seen before = seen.get(key);
        if (before == null) {
            next.put(key, new Seen(count, new Trend(0, 0, atOnce)));
            return;
        }
        long rate = passed <= 0 ? 0 : Math.round(Math.max(0, count - before.count()) * (double) SECOND / passed);
        next.put(
                key,
                new Seen(
                        count,
                        new Trend(
                                rate,
                                Math.max(rate, before.trend().mostPerSecond()),
                                Math.max(atOnce, before.trend().mostAtOnce()))));
    }

    private Trend trend(Key key) {
        Seen found = seen.get(key);
        return found == null ? Trend.NONE : found.trend();
    }
}
