package io.ratemesh.balancer.stats;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.ratemesh.balancer.pool.LatencyHistogram;
import io.ratemesh.balancer.pool.PoolSnapshot;
import io.ratemesh.balancer.pool.Upstream;
import io.ratemesh.balancer.pool.UpstreamSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The times to the first byte of an answer as Prometheus' histograms. Its bounds are powers of two of microseconds, which are bounds
 * of the loops' own buckets, so the counts are exact; the sum is within 7 %.
 */
final class FirstByteHistograms {

    private static final int SHORTEST = 7;
    private static final int LONGEST = 24;
    private static final long MICRO = 1000;
    private static final double SECOND = Duration.ofSeconds(1).toNanos();

    private FirstByteHistograms() {}

    static HistogramSnapshot of(Stats stats, List<PoolSnapshot> pools) {
        HistogramSnapshot.Builder metric = HistogramSnapshot.builder()
                .name("ratemesh_upstream_first_byte_seconds")
                .help("From a request's way out to the first byte of its answer.");
        for (PoolSnapshot pool : pools) {
            for (UpstreamSnapshot server : pool.servers()) {
                Optional<LatencyHistogram.Ever> times = stats.pool(pool.name())
                        .flatMap(each -> each.find(server.id()))
                        .map(Upstream::firstBytes);
                times.ifPresent(ever -> metric.dataPoint(HistogramDataPointSnapshot.builder()
                        .labels(StatsMetrics.labels(pool, server))
                        .classicHistogramBuckets(buckets(ever))
                        .sum(ever.sum() / SECOND)
                        .build()));
            }
        }
        return metric.build();
    }

    private static ClassicHistogramBuckets buckets(LatencyHistogram.Ever ever) {
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        long before = 0;
        for (int power = SHORTEST; power <= LONGEST; power++) {
            long bound = (1L << power) * MICRO;
            long within = ever.within(bound);
            buckets.bucket(bound / SECOND, within - before);
            before = within;
        }
        return buckets.bucket(Double.POSITIVE_INFINITY, ever.count() - before).build();
    }
}
