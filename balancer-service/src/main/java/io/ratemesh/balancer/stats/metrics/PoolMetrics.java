package io.ratemesh.balancer.stats.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.ratemesh.balancer.loadbalance.DnsStatus;
import io.ratemesh.balancer.loadbalance.PoolSnapshot;
import io.ratemesh.balancer.stats.StatsSnapshot;
import io.ratemesh.balancer.upstream.UpstreamSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** Counts of pools and their servers as metrics. A TCP connection counts as a request. */
final class PoolMetrics {

    private PoolMetrics() {}

    static List<MetricSnapshot> of(StatsSnapshot now) {
        List<MetricSnapshot> metrics = new ArrayList<>();
        addPools(metrics, now.allPools());
        addServers(metrics, now.allPools());
        addResponses(metrics, now.pools());
        return metrics;
    }

    private static void addPools(List<MetricSnapshot> metrics, List<PoolSnapshot> pools) {
        metrics.add(poolGauge(pools, "active_servers", "Available servers, without backups.", PoolSnapshot::active));
        metrics.add(poolGauge(pools, "backup_servers", "Available backup servers.", PoolSnapshot::backups));
        metrics.add(poolGauge(
                pools, "panic", "1 in panic mode: unavailable servers are tried too.", p -> p.panic() ? 1 : 0));
        metrics.add(poolGauge(pools, "queued_requests", "Requests in the queue.", PoolSnapshot::queued));
        metrics.add(poolGauge(
                pools, "retry_budget_remaining", "Retries that the budget allows now.", PoolSnapshot::retriesLeft));
        metrics.add(poolCounter(
                pools, "requests", "Requests sent to servers.", p -> p.counts().requests()));
        metrics.add(poolCounter(pools, "retries", "Retries.", PoolSnapshot::retriesGranted));
        metrics.add(
                poolCounter(pools, "retries_denied", "Retries that the budget denied.", PoolSnapshot::retriesDenied));
        metrics.add(poolCounter(
                pools, "down_transitions", "Times no server was available.", PoolSnapshot::downTransitions));
        List<PoolSnapshot> ofDns =
                pools.stream().filter(pool -> pool.dns().isPresent()).toList();
        metrics.add(poolCounter(
                ofDns,
                "dns_resolutions",
                "Lookups in DNS that found servers.",
                pool -> pool.dns().map(DnsStatus::resolutions).orElse(0L)));
        metrics.add(poolCounter(
                ofDns,
                "dns_failures",
                "Lookups in DNS that found no server.",
                pool -> pool.dns().map(DnsStatus::failures).orElse(0L)));
    }

    private static void addServers(List<MetricSnapshot> metrics, List<PoolSnapshot> pools) {
        metrics.add(serverGauge(
                pools,
                "up",
                "1 if the server receives requests.",
                s -> s.state().isServing() ? 1 : 0));
        metrics.add(serverGauge(
                pools,
                "requests_in_flight",
                "Requests in flight.",
                s -> s.counts().inFlight()));
        metrics.add(serverGauge(pools, "weight", "Configured weight.", UpstreamSnapshot::weight));
        metrics.add(serverGauge(
                pools.stream()
                        .filter(pool -> pool.settings().check().agent().isPresent())
                        .toList(),
                "agent_weight_ratio",
                "Fraction of the weight that the agent of the server has set.",
                s -> s.agent().weightPercent() / 100.0));
        metrics.add(serverGauge(
                pools,
                "slow_start_ratio",
                "Fraction of the weight in use, 0 to 1; below 1 during slow start.",
                s -> s.weightPercent() / 100.0));
        metrics.add(serverCounter(
                pools,
                "requests",
                "Requests sent to the server.",
                s -> s.counts().requests()));
        metrics.add(serverCounter(
                pools,
                "connect_errors",
                "Connections that failed or timed out.",
                s -> s.counts().connectErrors()));
        metrics.add(serverCounter(
                pools,
                "response_errors",
                "Requests without a valid response.",
                s -> s.counts().responseErrors()));
        metrics.add(serverCounter(
                pools,
                "server_aborts",
                "Responses that the server ended early.",
                s -> s.counts().serverAborts()));
        metrics.add(serverCounter(
                pools,
                "client_aborts",
                "Requests that the client aborted.",
                s -> s.counts().clientAborts()));
        metrics.add(serverCounter(
                pools,
                "redispatches",
                "Retries sent on to another server.",
                s -> s.counts().redispatches()));
        metrics.add(serverCounter(
                pools, "sent_bytes", "Bytes of request bodies.", s -> s.counts().bytesIn()));
        metrics.add(serverCounter(
                pools,
                "received_bytes",
                "Bytes of response bodies.",
                s -> s.counts().bytesOut()));
        metrics.add(serverCounter(pools, "ejections", "Outlier ejections.", UpstreamSnapshot::ejections));
        metrics.add(serverCounter(
                pools, "checks_failed", "Checks that failed while the server was up.", UpstreamSnapshot::checksFailed));
        metrics.add(serverCounter(
                pools, "down_transitions", "Times the server was marked down.", UpstreamSnapshot::downTransitions));
    }

    private static void addResponses(List<MetricSnapshot> metrics, List<PoolSnapshot> pools) {
        Map<Labels, Long> responses = new LinkedHashMap<>();
        pools.forEach(pool -> pool.servers()
                .forEach(server -> Metric.byClass(server.counts().responses())
                        .forEach((status, count) ->
                                responses.put(Metric.of(pool, server).add("code", status), count))));
        metrics.add(Metric.counter("upstream_responses", "Responses by class of status.", responses));
    }

    private static MetricSnapshot poolGauge(
            List<PoolSnapshot> pools, String name, String help, ToLongFunction<PoolSnapshot> value) {
        return Metric.gauge("pool_" + name, help, byPool(pools, pool -> (double) value.applyAsLong(pool)));
    }

    private static MetricSnapshot poolCounter(
            List<PoolSnapshot> pools, String name, String help, ToLongFunction<PoolSnapshot> value) {
        return Metric.counter("pool_" + name, help, byPool(pools, value::applyAsLong));
    }

    private static MetricSnapshot serverGauge(
            List<PoolSnapshot> pools, String name, String help, ToDoubleFunction<UpstreamSnapshot> value) {
        return Metric.gauge("upstream_" + name, help, byServer(pools, value::applyAsDouble));
    }

    private static MetricSnapshot serverCounter(
            List<PoolSnapshot> pools, String name, String help, ToLongFunction<UpstreamSnapshot> value) {
        return Metric.counter("upstream_" + name, help, byServer(pools, value::applyAsLong));
    }

    private static <T> Map<Labels, T> byPool(List<PoolSnapshot> pools, Function<PoolSnapshot, T> value) {
        Map<Labels, T> points = new LinkedHashMap<>();
        pools.forEach(pool -> points.put(Labels.of("pool", pool.name()), value.apply(pool)));
        return points;
    }

    private static <T> Map<Labels, T> byServer(List<PoolSnapshot> pools, Function<UpstreamSnapshot, T> value) {
        Map<Labels, T> points = new LinkedHashMap<>();
        pools.forEach(pool ->
                pool.servers().forEach(server -> points.put(Metric.of(pool, server), value.apply(server))));
        return points;
    }
}
