package io.ratemesh.balancer.stats.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.ratemesh.balancer.stats.Stats;
import io.ratemesh.balancer.stats.StatsSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** All statistics as metrics. They are built per scrape, so requests cost nothing extra and no meter outlives its server. */
public final class StatsMetrics implements MultiCollector {

    private static final double SECOND = Duration.ofSeconds(1).toNanos();

    private final Stats stats;
    private final LongSupplier accessLogDropped;

    public StatsMetrics(Stats stats, LongSupplier accessLogDropped) {
        this.stats = stats;
        this.accessLogDropped = accessLogDropped;
    }

    @Override
    public MetricSnapshots collect() {
        StatsSnapshot now = stats.snapshot();
        List<MetricSnapshot> metrics = new ArrayList<>();
        metrics.addAll(ListenerMetrics.of(now));
        metrics.addAll(PoolMetrics.of(now));
        metrics.add(LatencyMetrics.firstBytes(stats.httpPools()));
        metrics.add(LatencyMetrics.connects(stats.tcpPools()));
        metrics.add(Metric.gauge(
                "balancer_event_loop_lag_seconds",
                "Longest delay of the event loop in the last 10 to 20 s.",
                lags(now)));
        metrics.add(Metric.counter(
                "balancer_access_log_dropped",
                "Requests that are missing in the access log.",
                Map.of(Labels.EMPTY, accessLogDropped.getAsLong())));
        return new MetricSnapshots(metrics);
    }

    private static Map<Labels, Double> lags(StatsSnapshot now) {
        Map<Labels, Double> lags = new LinkedHashMap<>();
        for (int i = 0; i < now.loopLags().size(); i++) {
            lags.put(
                    Labels.of("loop", Integer.toString(i)),
                    now.loopLags().get(i).toNanos() / SECOND);
        }
        return lags;
    }
}
