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

/** Builds metrics of one name with a data point per set of labels. */
final class Metric {

    private Metric() {}

    static Labels of(PoolSnapshot pool, UpstreamSnapshot server) {
        return Labels.of("pool", pool.name(), "server", server.id());
    }

    static Map<String, Long> byClass(ResponseCounts responses) {
        return Map.of(
                "1xx", responses.informational(),
                "2xx", responses.success(),
                "3xx", responses.redirection(),
                "4xx", responses.clientError(),
                "5xx", responses.serverError());
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
