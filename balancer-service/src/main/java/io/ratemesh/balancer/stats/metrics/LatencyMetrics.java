package io.ratemesh.balancer.stats.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.upstream.LatencyHistogram;
import java.time.Duration;
import java.util.List;

/**
 * Latencies of upstreams as Prometheus histograms. Their bounds are powers of two of microseconds, which are also bounds of the buckets of
 * the event loops, so the counts are exact; the sum is within 7 %.
 */
final class LatencyMetrics {

    private static final int MIN_POWER = 7;
    private static final int MAX_POWER = 24;
    private static final long MICRO = 1000;
    private static final double SECOND = Duration.ofSeconds(1).toNanos();

    private LatencyMetrics() {}

    static HistogramSnapshot firstBytes(List<Pool> pools) {
        return of(pools, "first_byte", "Time from sending a request to the first byte of its response.");
    }

    static HistogramSnapshot connects(List<Pool> pools) {
        return of(pools, "connect", "Time to connect to a server of a TCP port.");
    }

    private static HistogramSnapshot of(List<Pool> pools, String what, String help) {
        HistogramSnapshot.Builder metric = HistogramSnapshot.builder()
                .name("ratemesh_upstream_" + what + "_seconds")
                .help(help);
        for (Pool pool : pools) {
            pool.latencies()
                    .forEach((server, ever) -> metric.dataPoint(HistogramDataPointSnapshot.builder()
                            .labels(Labels.of("pool", pool.name(), "server", server.id()))
                            .classicHistogramBuckets(buckets(ever))
                            .sum(ever.sum() / SECOND)
                            .build()));
        }
        return metric.build();
    }

    private static ClassicHistogramBuckets buckets(LatencyHistogram.Ever ever) {
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        long before = 0;
        for (int power = MIN_POWER; power <= MAX_POWER; power++) {
            long bound = (1L << power) * MICRO;
            long within = ever.countWithin(bound);
            buckets.bucket(bound / SECOND, within - before);
            before = within;
        }
        return buckets.bucket(Double.POSITIVE_INFINITY, ever.count() - before).build();
    }
}
