package io.ratemesh.balancer.stats;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.ratemesh.balancer.pool.Answers;
import io.ratemesh.balancer.pool.PoolSnapshot;
import io.ratemesh.balancer.pool.UpstreamSnapshot;
import io.ratemesh.balancer.proxy.FrontDoorSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/** Shows the counts as metrics: made when somebody asks, so that a request pays nothing for it and no meter outlives its server. */
final class StatsMetrics implements MultiCollector {

    private static final double SECOND = Duration.ofSeconds(1).toNanos();

    private final Stats stats;
    private final LongSupplier accessLogDropped;

    StatsMetrics(Stats stats, LongSupplier accessLogDropped) {
        this.stats = stats;
        this.accessLogDropped = accessLogDropped;
    }

    @Override
    public MetricSnapshots collect() {
        StatsSnapshot now = stats.snapshot();
        List<MetricSnapshot> metrics = new ArrayList<>();
        frontDoor(metrics, now);
        pools(metrics, now.pools());
        servers(metrics, now.pools());
        metrics.add(FirstByteHistograms.of(stats, now.pools()));
        metrics.add(gauge("loop_lag_seconds", "The latest an event loop was, of the last 10 to 20 s.", lags(now)));
        metrics.add(counter(
                "frontdoor_access_log_dropped",
                "Requests that are missing in the access log.",
                Map.of(Labels.EMPTY, accessLogDropped.getAsLong())));
        return new MetricSnapshots(metrics);
    }

    private static void frontDoor(List<MetricSnapshot> metrics, StatsSnapshot now) {
        metrics.add(front(now, "requests", "Requests that came.", FrontDoorSnapshot::requests));
        metrics.add(front(now, "refused", "Requests that were not allowed.", FrontDoorSnapshot::refused));
        metrics.add(front(now, "abandoned", "Requests whose client left early.", FrontDoorSnapshot::abandoned));
        metrics.add(front(now, "connections", "Connections that came.", FrontDoorSnapshot::connections));
        metrics.add(front(now, "received_bytes", "Of requests' bodies.", FrontDoorSnapshot::bytesIn));
        metrics.add(front(now, "sent_bytes", "Of answers' bodies.", FrontDoorSnapshot::bytesOut));
        Map<Labels, Long> answers = new LinkedHashMap<>();
        Map<Labels, Double> open = new LinkedHashMap<>();
        for (StatsSnapshot.Listener each : now.listeners()) {
            Labels listener = Labels.of("listener", each.name());
            byClass(each.counts().answers())
                    .forEach((status, count) -> answers.put(listener.add("status", status), count));
            open.put(listener, (double) each.counts().connectionsOpen());
        }
        metrics.add(counter("frontdoor_answers", "Answers by the class of their status.", answers));
        metrics.add(gauge("frontdoor_connections_open", "Connections that are open.", open));
    }

    private static void pools(List<MetricSnapshot> metrics, List<PoolSnapshot> pools) {
        metrics.add(poolGauge(pools, "active", "Servers that take requests, without backups.", PoolSnapshot::active));
        metrics.add(poolGauge(pools, "backups", "Backups that could.", PoolSnapshot::backups));
        metrics.add(poolGauge(pools, "panic", "1 where servers that are ill are tried too.", p -> p.panic() ? 1 : 0));
        metrics.add(poolGauge(pools, "waiting", "Requests in the queue.", PoolSnapshot::waiting));
        metrics.add(poolGauge(pools, "retries_left", "Retries that would be allowed.", PoolSnapshot::retriesLeft));
        metrics.add(poolCounter(
                pools,
                "requests",
                "Requests sent to its servers.",
                p -> p.counts().requests()));
        metrics.add(poolCounter(pools, "retries", "Requests tried once more.", PoolSnapshot::retriesGranted));
        metrics.add(poolCounter(pools, "retries_denied", "Not for lack of budget.", PoolSnapshot::retriesDenied));
        metrics.add(poolCounter(pools, "times_down", "How often none could serve.", PoolSnapshot::timesDown));
    }

    private static void servers(List<MetricSnapshot> metrics, List<PoolSnapshot> pools) {
        metrics.add(serverGauge(
                pools, "up", "1 where it takes requests.", s -> s.availability().takesRequests() ? 1 : 0));
        metrics.add(serverGauge(
                pools, "inflight", "Requests under way.", s -> s.counts().inFlight()));
        metrics.add(serverGauge(pools, "weight", "Its share.", UpstreamSnapshot::weight));
        metrics.add(serverGauge(pools, "throttle_percent", "How much of its share counts.", UpstreamSnapshot::percent));
        metrics.add(serverCounter(
                pools, "requests", "Requests sent there.", s -> s.counts().requests()));
        metrics.add(serverCounter(
                pools, "failed_connects", "Refused, or late.", s -> s.counts().failedConnects()));
        metrics.add(serverCounter(
                pools, "broken_answers", "Never came.", s -> s.counts().brokenAnswers()));
        metrics.add(serverCounter(
                pools, "broken_midway", "Broke off amid.", s -> s.counts().brokenMidway()));
        metrics.add(serverCounter(
                pools, "clients_left", "Not waited for.", s -> s.counts().clientsLeft()));
        metrics.add(serverCounter(
                pools, "retried_elsewhere", "Went on.", s -> s.counts().retriedElsewhere()));
        metrics.add(serverCounter(
                pools, "sent_bytes", "Of requests' bodies.", s -> s.counts().bytesIn()));
        metrics.add(serverCounter(
                pools, "received_bytes", "Of answers' bodies.", s -> s.counts().bytesOut()));
        metrics.add(serverCounter(pools, "ejections", "How often it was ejected.", UpstreamSnapshot::ejections));
        metrics.add(serverCounter(pools, "checks_failed", "While it was up.", UpstreamSnapshot::checksFailed));
        metrics.add(serverCounter(pools, "times_down", "How often it went down.", UpstreamSnapshot::timesDown));
        Map<Labels, Long> answers = new LinkedHashMap<>();
        pools.forEach(pool -> pool.servers()
                .forEach(server -> byClass(server.counts().answers())
                        .forEach((status, count) ->
                                answers.put(labels(pool, server).add("status", status), count))));
        metrics.add(counter("upstream_answers", "Answers by the class of their status.", answers));
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

    private static Map<String, Long> byClass(Answers answers) {
        return Map.of(
                "1xx", answers.informational(),
                "2xx", answers.success(),
                "3xx", answers.redirection(),
                "4xx", answers.clientError(),
                "5xx", answers.serverError());
    }

    static Labels labels(PoolSnapshot pool, UpstreamSnapshot server) {
        return Labels.of("pool", pool.name(), "server", server.id());
    }

    private static MetricSnapshot front(
            StatsSnapshot now, String name, String help, ToLongFunction<FrontDoorSnapshot> value) {
        Map<Labels, Long> points = new LinkedHashMap<>();
        now.listeners()
                .forEach(each -> points.put(Labels.of("listener", each.name()), value.applyAsLong(each.counts())));
        return counter("frontdoor_" + name, help, points);
    }

    private static MetricSnapshot poolGauge(
            List<PoolSnapshot> pools, String name, String help, ToLongFunction<PoolSnapshot> value) {
        return gauge("pool_" + name, help, byPool(pools, pool -> (double) value.applyAsLong(pool)));
    }

    private static MetricSnapshot poolCounter(
            List<PoolSnapshot> pools, String name, String help, ToLongFunction<PoolSnapshot> value) {
        return counter("pool_" + name, help, byPool(pools, value::applyAsLong));
    }

    private static MetricSnapshot serverGauge(
            List<PoolSnapshot> pools, String name, String help, ToLongFunction<UpstreamSnapshot> value) {
        return gauge("upstream_" + name, help, byServer(pools, server -> (double) value.applyAsLong(server)));
    }

    private static MetricSnapshot serverCounter(
            List<PoolSnapshot> pools, String name, String help, ToLongFunction<UpstreamSnapshot> value) {
        return counter("upstream_" + name, help, byServer(pools, value::applyAsLong));
    }

    private static <T> Map<Labels, T> byPool(List<PoolSnapshot> pools, Function<PoolSnapshot, T> value) {
        Map<Labels, T> points = new LinkedHashMap<>();
        pools.forEach(pool -> points.put(Labels.of("pool", pool.name()), value.apply(pool)));
        return points;
    }

    private static <T> Map<Labels, T> byServer(List<PoolSnapshot> pools, Function<UpstreamSnapshot, T> value) {
        Map<Labels, T> points = new LinkedHashMap<>();
        pools.forEach(pool -> pool.servers().forEach(server -> points.put(labels(pool, server), value.apply(server))));
        return points;
    }

    private static MetricSnapshot counter(String name, String help, Map<Labels, Long> points) {
        CounterSnapshot.Builder metric =
                CounterSnapshot.builder().name("ratemesh_" + name).help(help);
        points.forEach((labels, value) -> metric.dataPoint(
                CounterDataPointSnapshot.builder().labels(labels).value(value).build()));
        return metric.build();
    }

    private static MetricSnapshot gauge(String name, String help, Map<Labels, Double> points) {
        GaugeSnapshot.Builder metric =
                GaugeSnapshot.builder().name("ratemesh_" + name).help(help);
        points.forEach((labels, value) -> metric.dataPoint(
                GaugeDataPointSnapshot.builder().labels(labels).value(value).build()));
        return metric.build();
    }
}
