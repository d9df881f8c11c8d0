package io.ratemesh.balancer.stats;

import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.tcp.TcpListenerStats;
import io.ratemesh.balancer.upstream.Upstream;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** All that is counted, added up over the event loops when someone asks. */
public final class Stats {

    private final Supplier<List<Pool>> pools;
    private final List<TcpListenerStats> ports;
    private final List<HttpListenerStats> listeners;
    private final List<LoopLag> lags;
    private final InstantSource clock;

    /**
     * Of a balancer.
     *
     * @param pools those of HTTP that there are now; a reload may change them
     * @param ports that pass connections on as they are
     * @param lags of the front door's event loops, in their order
     */
    public Stats(
            Supplier<List<Pool>> pools,
            List<TcpListenerStats> ports,
            List<HttpListenerStats> listeners,
            List<LoopLag> lags,
            InstantSource clock) {
        this.pools = pools;
        this.ports = List.copyOf(ports);
        this.listeners = List.copyOf(listeners);
        this.lags = List.copyOf(lags);
        this.clock = clock;
    }

    /** As it is now. Any thread may ask. */
    public StatsSnapshot snapshot() {
        return new StatsSnapshot(
                clock.instant(),
                listeners.stream()
                        .map(each -> new StatsSnapshot.Listener(
                                each.name(), each.limit().getAsInt(), each.counts()))
                        .toList(),
                pools.get().stream().map(Pool::snapshot).toList(),
                ports.stream().map(TcpListenerStats::snapshot).toList(),
                lags.stream().map(LoopLag::worst).toList());
    }

    /** The pool of a name. */
    public Optional<Pool> pool(String name) {
        return all().filter(pool -> pool.name().equals(name)).findFirst();
    }

    /** The pools of HTTP. */
    public List<Pool> httpPools() {
        return pools.get();
    }

    /** The pools of TCP. */
    public List<Pool> tcpPools() {
        return ports.stream().map(TcpListenerStats::pool).toList();
    }

    /** Requests under way at all upstreams, and connections of TCP. */
    public int inFlight() {
        return (int) all().flatMap(pool -> pool.upstreams().stream())
                .mapToLong(Upstream::requestsInFlight)
                .sum();
    }

    private Stream<Pool> all() {
        return Stream.concat(pools.get().stream(), ports.stream().map(TcpListenerStats::pool));
    }
}
