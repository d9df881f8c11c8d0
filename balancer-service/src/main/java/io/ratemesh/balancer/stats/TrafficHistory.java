package io.ratemesh.balancer.stats;

import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.loadbalance.PoolSnapshot;
import io.ratemesh.balancer.upstream.LatencyHistogram;
import io.ratemesh.balancer.upstream.Upstream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** HTTP traffic and latency of the last five minutes, one sample each second. Runs on one event loop. */
public final class TrafficHistory {

    /** The number of samples that are kept. */
    public static final int MAX_SAMPLES = 300;

    private static final int LATENCY_SAMPLES = 10;
    private static final double SECOND = Duration.ofSeconds(1).toNanos();

    /**
     * The traffic of one second.
     *
     * @param at its end
     * @param requestsPerSecond received by all HTTP listeners
     * @param serverErrorsPerSecond responses with a status of 500 or more
     * @param inFlight requests in flight at the servers of HTTP pools, streams included
     * @param p50 median time to the first byte of a response in the last 10 s; zero for none
     * @param p99 the time within which 99 % of them arrived
     */
    public record Sample(
            Instant at, long requestsPerSecond, long serverErrorsPerSecond, long inFlight, Duration p50, Duration p99) {

        static final Sample NONE = new Sample(Instant.EPOCH, 0, 0, 0, Duration.ZERO, Duration.ZERO);
    }

    private final Deque<Sample> samples = new ArrayDeque<>(MAX_SAMPLES);
    private final Deque<LatencyHistogram.Ever> latencies = new ArrayDeque<>(LATENCY_SAMPLES + 1);
    private Set<Upstream> measured = Set.of();
    private long requests;
    private long serverErrors;
    private long sampledAtNanos;
    private boolean started;

    /**
     * Takes a sample; called each second. The first call only starts the measurement.
     *
     * @param pools the HTTP pools
     */
    public void sample(StatsSnapshot snapshot, List<Pool> pools, long nowNanos) {
        measureLatencies(pools);
        long requestsNow = snapshot.httpTotals().requests();
        long serverErrorsNow = snapshot.httpTotals().responses().serverError();
        if (started) {
            LatencyHistogram.Ever recent = latencies.getLast().minus(latencies.getFirst());
            double seconds = Math.max(1, nowNanos - sampledAtNanos) / SECOND;
            samples.addLast(new Sample(
                    snapshot.at(),
                    perSecond(requestsNow - requests, seconds),
                    perSecond(serverErrorsNow - serverErrors, seconds),
                    snapshot.pools().stream()
                            .map(PoolSnapshot::counts)
                            .mapToLong(counts -> counts.inFlight())
                            .sum(),
                    Duration.ofNanos(recent.quantile(0.5)),
                    Duration.ofNanos(recent.quantile(0.99))));
            if (samples.size() > MAX_SAMPLES) {
                samples.removeFirst();
            }
        }
        requests = requestsNow;
        serverErrors = serverErrorsNow;
        sampledAtNanos = nowNanos;
        started = true;
    }

    /** Returns the samples, oldest first. */
    public List<Sample> samples() {
        return new ArrayList<>(samples);
    }

    /** Returns the last sample; all zero before the first. */
    public Sample last() {
        return samples.isEmpty() ? Sample.NONE : samples.getLast();
    }

    /** Counts that a removed server takes with it would make a difference negative: then the window starts again. */
    private void measureLatencies(List<Pool> pools) {
        Set<Upstream> present = new HashSet<>();
        LatencyHistogram.Ever sum = new LatencyHistogram.Ever();
        for (Pool pool : pools) {
            for (Map.Entry<Upstream, LatencyHistogram.Ever> each :
                    pool.latencies().entrySet()) {
                present.add(each.getKey());
                sum.add(each.getValue());
            }
        }
        if (!present.containsAll(measured)) {
            latencies.clear();
        }
        measured = present;
        latencies.addLast(sum);
        if (latencies.size() > LATENCY_SAMPLES + 1) {
            latencies.removeFirst();
        }
    }

    private static long perSecond(long count, double seconds) {
        return Math.round(Math.max(0, count) / seconds);
    }
}
