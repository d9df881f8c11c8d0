package io.ratemesh.balancer.stats;

import io.ratemesh.balancer.listener.ListenerSnapshot;
import io.ratemesh.balancer.loadbalance.PoolSnapshot;
import io.ratemesh.balancer.tcp.TcpSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * All counts at one time.
 *
 * @param at the time
 * @param listeners the HTTP listeners
 * @param pools the HTTP pools, in their order
 * @param ports the TCP ports, each with its pool
 * @param loopLags the longest delay of each event loop in the last 10 to 20 s
 */
public record StatsSnapshot(
        Instant at,
        List<HttpListener> listeners,
        List<PoolSnapshot> pools,
        List<TcpSnapshot> ports,
        List<Duration> loopLags) {

    /**
     * An HTTP listener.
     *
     * @param scheme {@code http}, {@code https} or {@code h2c}
     * @param bind its address
     * @param port its port
     * @param limit on connections
     */
    public record HttpListener(String name, String scheme, String bind, int port, int limit, ListenerSnapshot counts) {}

    /** Returns the sum of all HTTP listeners. */
    public ListenerSnapshot httpTotals() {
        return listeners.stream().map(HttpListener::counts).reduce(ListenerSnapshot.NONE, ListenerSnapshot::plus);
    }

    /** Returns the pools of HTTP, then those of TCP. */
    public List<PoolSnapshot> allPools() {
        return Stream.concat(pools.stream(), ports.stream().map(TcpSnapshot::pool))
                .toList();
    }
}
