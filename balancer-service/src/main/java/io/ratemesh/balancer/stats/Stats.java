package io.ratemesh.balancer.stats;

import io.ratemesh.balancer.pool.Pool;
import io.ratemesh.balancer.pool.Upstream;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** All that is counted, added up over the event loops when someone asks. */
public final class Stats {

    private final Supplier<List<Pool>> pools;
    private final List<FrontListener> listeners;
    private final List<LoopLag> lags;
    private final InstantSource clock;

    /**
     * Of a balancer.
     *
     * @param pools those that there are now; a reload may change them
     * @param lags of the front door's event loops, in their order
     */
    public Stats(Supplier<List<Pool>> pools, List<FrontListener> listeners, List<LoopLag> lags, InstantSource clock) {
        this.pools = pools;
        this.listeners = List.copyOf(listeners);
        this.lags = List.copyOf(lags);
        this.clock = clock;
    }

    /** As it is now. Any thread may ask. */
    StatsSnapshot snapshot() {
        return new StatsSnapshot(
                clock.instant(),
                listeners.stream()
                        .map(each -> new StatsSnapshot.Listener(each.name(), each.mode(), each.counts()))
                        .toList(),
                pools.get().stream().map(Pool::snapshot).toList(),
                lags.stream().map(LoopLag::worst).toList());
    }

    /** The pool of a name. */
    Optional<Pool> pool(String name) {
        return pools.get().stream().filter(pool -> pool.name().equals(name)).findFirst();
    }

    /** Requests under way at all upstreams. */
    public int inFlight() {
        long all = 0;
        for (Pool pool : pools.get()) {
            for (Upstream upstream : pool.upstreams()) {
                all += upstream.requestsInFlight();
            }
        }
        return (int) all;
    }
}
