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
 * How long upstreams took, as Prometheus' histograms. Their bounds are powers of two of microseconds, which are bounds
 * of the loops' own buckets, so the counts are exact; the sum is within 7 %.
 */
final class LatencyMetrics {

    private static final int SHORTEST = 7;
    private static final int LONGEST = 24;
    private static final long MICRO = 1000;
    private static final double SECOND = Duration.ofSeconds(1).toNanos();

    private LatencyMetrics() {}

    static HistogramSnapshot firstBytes(List<Pool> pools) {
        return of(pools, "first_byte", "From a request's way out to the first byte of its answer.");
    }

    static HistogramSnapshot connects(List<Pool> pools) {
        return of(pools, "connect", "Until a server of TCP had taken a connection.");
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
        for (int power = SHORTEST; power <= LONGEST; power++) {
            long bound = (1L << power) * MICRO;
            long within = ever.countWithin(bound);
            buckets.bucket(bound / SECOND, within - before);
            before = within;
        }
        return buckets.bucket(Double.POSITIVE_INFINITY, ever.count() - before).build();
    }
}
