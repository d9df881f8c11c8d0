package io.ratemesh.balancer.stats.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.ratemesh.balancer.loadbalance.PoolSnapshot;
import io.ratemesh.balancer.upstream.ResponseCounts;
import io.ratemesh.balancer.upstream.UpstreamSnapshot;
import java.util.Map;

/** What is shown of a number: its name, what it means, and a point for each whom it is of. */
final class Metric {

    private Metric() {}

    static Labels of(PoolSnapshot pool, UpstreamSnapshot server) {
        return Labels.of("pool", pool.name(), "server", server.id());
    }

    static Map<String, Long> byClass(ResponseCounts answers) {
        return Map.of(
                "1xx", answers.informational(),
                "2xx", answers.success(),
                "3xx", answers.redirection(),
                "4xx", answers.clientError(),
                "5xx", answers.serverError());
    }

    static MetricSnapshot counter(String name, String help, Map<Labels, Long> points) {
        CounterSnapshot.Builder metric =
                CounterSnapshot.builder().name("ratemesh_" + name).help(help);
        points.forEach((labels, value) -> metric.dataPoint(
                CounterDataPointSnapshot.builder().labels(labels).value(value).build()));
        return metric.build();
    }

    static MetricSnapshot gauge(String name, String help, Map<Labels, Double> points) {
        GaugeSnapshot.Builder metric =
                GaugeSnapshot.builder().name("ratemesh_" + name).help(help);
        points.forEach((labels, value) -> metric.dataPoint(
                GaugeDataPointSnapshot.builder().labels(labels).value(value).build()));
        return metric.build();
    }
}
