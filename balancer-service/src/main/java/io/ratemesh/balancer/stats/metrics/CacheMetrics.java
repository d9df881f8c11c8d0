package io.ratemesh.balancer.stats.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.ratemesh.balancer.cache.CacheSnapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** The counts of caches as metrics, built per scrape. Without a cache there is none. */
public final class CacheMetrics implements MultiCollector {

    private final Supplier<List<CacheSnapshot>> caches;

    public CacheMetrics(Supplier<List<CacheSnapshot>> caches) {
        this.caches = caches;
    }

    @Override
    public MetricSnapshots collect() {
        List<CacheSnapshot> now = caches.get();
        if (now.isEmpty()) {
            return new MetricSnapshots();
        }
        Map<Labels, Long> requests = new LinkedHashMap<>();
        now.forEach(cache -> cache.requests()
                .forEach((result, count) -> requests.put(
                        Labels.of(
                                "route", cache.route(), "result", result.name().toLowerCase(Locale.ROOT)),
                        count)));
        return new MetricSnapshots(
                Metric.counter("cache_requests", "Requests by what the cache of their route did.", requests),
                Metric.counter(
                        "cache_evictions",
                        "Responses that were removed to make room.",
                        byRoute(now, CacheSnapshot::evictions)),
                gauge(now, "entries", "Stored responses.", CacheSnapshot::entries),
                gauge(now, "bytes", "Memory for stored responses.", CacheSnapshot::bytes),
                gauge(
                        now,
                        "waiting_requests",
                        "Requests that wait for the response to an equal one.",
                        CacheSnapshot::waiting));
    }

    private static MetricSnapshot gauge(
            List<CacheSnapshot> caches, String name, String help, ToLongFunction<CacheSnapshot> value) {
        Map<Labels, Double> points = new LinkedHashMap<>();
        byRoute(caches, value).forEach((labels, count) -> points.put(labels, (double) count));
        return Metric.gauge("cache_" + name, help, points);
    }

    private static Map<Labels, Long> byRoute(List<CacheSnapshot> caches, ToLongFunction<CacheSnapshot> value) {
        Map<Labels, Long> points = new LinkedHashMap<>();
        caches.forEach(cache -> points.put(Labels.of("route", cache.route()), value.applyAsLong(cache)));
        return points;
    }
}
