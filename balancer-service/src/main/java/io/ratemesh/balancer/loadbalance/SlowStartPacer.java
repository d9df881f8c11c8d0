package io.ratemesh.balancer.loadbalance;

import io.ratemesh.balancer.upstream.SlowStart.Pace;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.UpstreamState;
import java.time.Duration;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares each upstream in slow start with its peers, the upstreams of the same pool that have their full weight: several times a second
 * where there are enough requests, and never where there are few. A TCP pool has no responses, so its slow starts follow the clock.
 *
 * <p>Reads the counts of the event loops; requests pay nothing. Used on one thread.
 */
final class SlowStartPacer {

    private static final long MIN_INTERVAL = Duration.ofMillis(250).toNanos();

    /** Older responses say nothing of how fast an upstream is now. */
    private static final long MAX_INTERVAL = Duration.ofSeconds(2).toNanos();

    private record Observation(long atNanos, Map<Upstream, ResponseTimes> times) {

        ResponseTimes since(Observation before, Upstream upstream) {
            return of(upstream).minus(before.of(upstream));
        }

        ResponseTimes peersSince(Observation before) {
            ResponseTimes sum = ResponseTimes.NONE;
            for (Upstream upstream : times.keySet()) {
                if (upstream.state() == UpstreamState.UP) {
                    sum = sum.plus(since(before, upstream));
                }
            }
            return sum;
        }

        private ResponseTimes of(Upstream upstream) {
            return times.getOrDefault(upstream, ResponseTimes.NONE);
        }
    }

    private final Map<Upstream, Observation> compared = new HashMap<>();
    private long dueNanos;

    SlowStartPacer(long nowNanos) {
        this.dueNanos = nowNanos;
    }

    /** Returns the pace of the upstreams about which there is news. */
    Map<Upstream, Pace> compare(List<Upstream> upstreams, List<PoolOnLoop> loops, long nowNanos) {
        if (nowNanos - dueNanos < 0) {
            return Map.of();
        }
        dueNanos = nowNanos + MIN_INTERVAL;
        Observation now = new Observation(nowNanos, ResponseTimes.of(loops));
        List<Upstream> newcomers = upstreams.stream()
                .filter(upstream -> upstream.state() == UpstreamState.SLOW_START)
                .toList();
        compared.keySet().retainAll(newcomers);
        // Newcomers that were observed together share the sum of their peers, of whom there may be a thousand.
        IdentityHashMap<Observation, ResponseTimes> peers = new IdentityHashMap<>();
        Map<Upstream, Pace> paces = new HashMap<>();
        for (Upstream newcomer : newcomers) {
            Observation before = compared.putIfAbsent(newcomer, now);
            if (before != null) {
                ResponseTimes own = now.since(before, newcomer);
                pace(own, peers.computeIfAbsent(before, now::peersSince), before, now)
                        .ifPresent(pace -> {
                            paces.put(newcomer, pace);
                            compared.put(newcomer, now);
                        });
            }
        }
        return paces;
    }

    private static Optional<Pace> pace(ResponseTimes own, ResponseTimes peers, Observation before, Observation now) {
        Optional<Pace> pace = own.paceAmong(peers);
        boolean expired = now.atNanos() - before.atNanos() >= MAX_INTERVAL;
        return pace.isEmpty() && expired ? Optional.of(Pace.BY_CLOCK) : pace;
    }
}
