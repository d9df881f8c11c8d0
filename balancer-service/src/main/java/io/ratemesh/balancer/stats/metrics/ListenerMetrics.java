package io.ratemesh.balancer.stats.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.ratemesh.balancer.listener.ListenerSnapshot;
import io.ratemesh.balancer.stats.StatsSnapshot;
import io.ratemesh.balancer.tcp.TcpSnapshot;
import io.ratemesh.balancer.tcp.TcpTotals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** The counts of the addresses that clients connect to as metrics. */
final class ListenerMetrics {

    private final StatsSnapshot now;
    private final List<MetricSnapshot> metrics = new ArrayList<>();

    private ListenerMetrics(StatsSnapshot now) {
        this.now = now;
    }

    static List<MetricSnapshot> of(StatsSnapshot now) {
        ListenerMetrics all = new ListenerMetrics(now);
        all.connections();
        all.requests();
        all.tcp();
        return all.metrics;
    }

    private void connections() {
        both("connections", "Connections that were let in.", ListenerSnapshot::connections, TcpTotals::connections);
        both("received_bytes", "Of requests' bodies; of TCP all.", ListenerSnapshot::bytesIn, TcpTotals::bytesIn);
        both("sent_bytes", "Of answers' bodies; of TCP all.", ListenerSnapshot::bytesOut, TcpTotals::bytesOut);
        Map<Labels, Long> refused = new LinkedHashMap<>();
        Map<Labels, Double> open = new LinkedHashMap<>();
        Map<Labels, Double> limit = new LinkedHashMap<>();
        for (StatsSnapshot.Listener each : now.listeners()) {
            refused.put(label(each), each.counts().connectionsRefused());
            open.put(label(each), (double) each.counts().connectionsOpen());
            limit.put(label(each), (double) each.limit());
        }
        for (TcpSnapshot each : now.ports()) {
            refused.put(label(each), each.refused());
            open.put(label(each), (double) each.traffic().open());
            limit.put(label(each), (double) each.limit());
        }
        metrics.add(Metric.counter("listener_connections_refused", "Connections that were not let in.", refused));
        metrics.add(Metric.gauge("listener_connections_open", "Connections that are open.", open));
        metrics.add(Metric.gauge("listener_connections_limit", "Connections that may be open.", limit));
    }

    private void requests() {
        http("requests", "Requests that came.", ListenerSnapshot::requests);
        http("requests_rejected", "Requests that were not allowed.", ListenerSnapshot::refused);
        http("client_aborts", "Requests whose client left early.", ListenerSnapshot::abandoned);
        Map<Labels, Long> answers = new LinkedHashMap<>();
        for (StatsSnapshot.Listener each : now.listeners()) {
            Metric.byClass(each.counts().answers())
                    .forEach((status, count) -> answers.put(label(each).add("code", status), count));
        }
        metrics.add(Metric.counter("listener_responses", "Answers by the class of their status.", answers));
    }

    private void tcp() {
        tcp("invalid_proxy_headers", "Did not say whose they are.", TcpTotals::unintroduced);
        tcp("client_limit_exceeded", "Said it, and that client had too many.", TcpTotals::oneTooMany);
        tcp("no_server_available", "No server took them.", TcpTotals::turnedAway);
        tcp("client_aborts", "Broken off by their clients.", TcpTotals::clientsLeft);
        tcp("idle_timeouts", "Closed after too long without a byte.", TcpTotals::idled);
        tcp("drain_timeouts", "Open still when this balancer left.", TcpTotals::cut);
    }

    private void both(String name, String help, ToLongFunction<ListenerSnapshot> http, ToLongFunction<TcpTotals> tcp) {
        Map<Labels, Long> points = new LinkedHashMap<>();
        now.listeners().forEach(each -> points.put(label(each), http.applyAsLong(each.counts())));
        now.ports().forEach(each -> points.put(label(each), tcp.applyAsLong(each.traffic())));
        metrics.add(Metric.counter("listener_" + name, help, points));
    }

    private void http(String name, String help, ToLongFunction<ListenerSnapshot> value) {
        Map<Labels, Long> points = new LinkedHashMap<>();
        now.listeners().forEach(each -> points.put(label(each), value.applyAsLong(each.counts())));
        metrics.add(Metric.counter("listener_" + name, help, points));
    }

    private void tcp(String name, String help, ToLongFunction<TcpTotals> value) {
        Map<Labels, Long> points = new LinkedHashMap<>();
        now.ports().forEach(each -> points.put(label(each), value.applyAsLong(each.traffic())));
        metrics.add(Metric.counter("tcp_" + name, "Connections of TCP. " + help, points));
    }

    private static Labels label(StatsSnapshot.Listener listener) {
        return Labels.of("listener", listener.name());
    }

    private static Labels label(TcpSnapshot port) {
        return Labels.of("listener", port.name());
    }
}
