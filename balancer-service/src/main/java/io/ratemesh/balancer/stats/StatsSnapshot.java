package io.ratemesh.balancer.stats;

import io.ratemesh.balancer.listener.ListenerSnapshot;
import io.ratemesh.balancer.loadbalance.PoolSnapshot;
import io.ratemesh.balancer.tcp.TcpSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * All counts at one moment.
 *
 * @param at when
 * @param listeners the front door's addresses for HTTP
 * @param pools behind those, in their order
 * @param ports those that pass connections on as they are, each with its pool
 * @param loopLags how late each event loop was at most in the last 10 to 20 s
 */
public record StatsSnapshot(
        Instant at,
        List<Listener> listeners,
        List<PoolSnapshot> pools,
        List<TcpSnapshot> ports,
        List<Duration> loopLags) {

    /** One address of the front door. */
    public record Listener(String name, int limit, ListenerSnapshot counts) {}

    public ListenerSnapshot httpTotals() {
        return listeners.stream().map(Listener::counts).reduce(ListenerSnapshot.NONE, ListenerSnapshot::plus);
    }

    /** The pools of HTTP and of TCP. */
    public List<PoolSnapshot> allPools() {
        return Stream.concat(pools.stream(), ports.stream().map(TcpSnapshot::pool))
                .toList();
    }
}
