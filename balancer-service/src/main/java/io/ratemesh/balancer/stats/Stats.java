package io.ratemesh.balancer.stats;

import io.ratemesh.balancer.listener.Listener;
import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.tcp.TcpListenerStats;
import io.ratemesh.balancer.upstream.Upstream;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** All counters, summed over the event loops on request. */
public final class Stats {

    private final Supplier<List<Pool>> pools;
    private final List<TcpListenerStats> ports;
    private final List<Listener> listeners;
    private final List<LoopLag> lags;
    private final InstantSource clock;

    /**
     * Creates the statistics of a balancer.
     *
     * @param pools the current HTTP pools; a reload may change them
     * @param ports the TCP ports
     * @param lags of the event loops, in their order
     */
    public Stats(
            Supplier<List<Pool>> pools,
            List<TcpListenerStats> ports,
            List<Listener> listeners,
            List<LoopLag> lags,
            InstantSource clock) {
        this.pools = pools;
        this.ports = List.copyOf(ports);
        this.listeners = List.copyOf(listeners);
        this.lags = List.copyOf(lags);
        this.clock = clock;
    }

    /** Returns the current counts. Thread-safe. */
    public StatsSnapshot snapshot() {
        return new StatsSnapshot(
                clock.instant(),
                listeners.stream()
                        .map(each -> new StatsSnapshot.HttpListener(
                                each.name(),
                                each.protocol().scheme(),
                                each.bind(),
                                each.port(),
                                each.connectionsLimit(),
                                each.snapshot()))
                        .toList(),
                pools.get().stream().map(Pool::snapshot).toList(),
                ports.stream().map(TcpListenerStats::snapshot).toList(),
                lags.stream().map(LoopLag::max).toList());
    }

    /** Returns the pool of this name. */
    public Optional<Pool> pool(String name) {
        return all().filter(pool -> pool.name().equals(name)).findFirst();
    }

    /** Returns the HTTP pools. */
    public List<Pool> httpPools() {
        return pools.get();
    }

    /** Returns the pools of TCP ports. */
    public List<Pool> tcpPools() {
        return ports.stream().map(TcpListenerStats::pool).toList();
    }

    /** Returns the requests in flight at all upstreams, and the TCP connections. */
    public int inFlight() {
        return (int) all().flatMap(pool -> pool.upstreams().stream())
                .mapToLong(Upstream::requestsInFlight)
                .sum();
    }

    /** Returns the requests in flight at converters or queued for them, without streams. */
    public int converterRequests() {
        return pools.get().stream()
                .filter(pool -> pool.settings().discover().isPresent())
                .mapToInt(Pool::requests)
                .sum();
    }

    private Stream<Pool> all() {
        return Stream.concat(pools.get().stream(), ports.stream().map(TcpListenerStats::pool));
    }
}
