package io.ratemesh.balancer.stats.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.ratemesh.balancer.stats.Stats;
import io.ratemesh.balancer.stats.StatsSnapshot;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** All statistics as metrics. They are built per scrape, so requests cost nothing extra and no meter outlives its server. */
public final class StatsMetrics implements MultiCollector {

    private static final double SECOND = Duration.ofSeconds(1).toNanos();

    private final Stats stats;
    private final LongSupplier accessLogDropped;
    private final Supplier<JsonArray> certificates;

    /**
     * For the registry of meters.
     *
     * @param certificates in use, as {@code /stats.json} has them
     */
    public StatsMetrics(Stats stats, LongSupplier accessLogDropped, Supplier<JsonArray> certificates) {
        this.stats = stats;
        this.accessLogDropped = accessLogDropped;
        this.certificates = certificates;
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
        metrics.add(Metric.gauge(
                "certificate_expiry_timestamp_seconds",
                "When the first certificate of a file expires, as Unix time.",
                expiries()));
        return new MetricSnapshots(metrics);
    }

    private Map<Labels, Double> expiries() {
        Map<Labels, Double> expiries = new LinkedHashMap<>();
        certificates.get().stream().map(JsonObject.class::cast).forEach(certificate -> {
            Labels labels = Labels.of("use", certificate.getString("use"), "file", certificate.getString("file"));
            double expiry = Instant.parse(certificate.getString("notAfter")).getEpochSecond();
            expiries.merge(labels, expiry, Math::min);
        });
        return expiries;
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
