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

/** Listener counts as metrics. */
final class ListenerMetrics {

    private final StatsSnapshot now;
    private final List<MetricSnapshot> metrics = new ArrayList<>();

    private ListenerMetrics(StatsSnapshot now) {
        this.now = now;
    }

    static List<MetricSnapshot> of(StatsSnapshot now) {
        ListenerMetrics all = new ListenerMetrics(now);
        all.addConnections();
        all.addRequests();
        all.addTcp();
        return all.metrics;
    }

    private void addConnections() {
        addForAll("connections", "Connections accepted.", ListenerSnapshot::connections, TcpTotals::connections);
        addForAll(
                "received_bytes",
                "Bytes of request bodies; in mode tcp all bytes.",
                ListenerSnapshot::bytesIn,
                TcpTotals::bytesIn);
        addForAll(
                "sent_bytes",
                "Bytes of response bodies; in mode tcp all bytes.",
                ListenerSnapshot::bytesOut,
                TcpTotals::bytesOut);
        Map<Labels, Long> refused = new LinkedHashMap<>();
        Map<Labels, Double> open = new LinkedHashMap<>();
        Map<Labels, Double> limit = new LinkedHashMap<>();
        for (StatsSnapshot.HttpListener each : now.listeners()) {
            refused.put(label(each), each.counts().connectionsRefused());
            open.put(label(each), (double) each.counts().connectionsOpen());
            limit.put(label(each), (double) each.limit());
        }
        for (TcpSnapshot each : now.ports()) {
            refused.put(label(each), each.refused());
            open.put(label(each), (double) each.traffic().open());
            limit.put(label(each), (double) each.limit());
        }
        metrics.add(Metric.counter("listener_connections_refused", "Connections refused.", refused));
        metrics.add(Metric.gauge("listener_connections_open", "Open connections.", open));
        metrics.add(Metric.gauge("listener_connections_limit", "Maximum of open connections.", limit));
    }

    private void addRequests() {
        addHttp("requests", "Requests received.", ListenerSnapshot::requests);
        addHttp("requests_rejected", "Requests rejected: invalid or not allowed.", ListenerSnapshot::rejected);
        addHttp("client_aborts", "Requests aborted by the client.", ListenerSnapshot::clientAborts);
        Map<Labels, Long> responses = new LinkedHashMap<>();
        for (StatsSnapshot.HttpListener each : now.listeners()) {
            Metric.byClass(each.counts().responses())
                    .forEach((status, count) -> responses.put(label(each).add("code", status), count));
        }
        metrics.add(Metric.counter("listener_responses", "Responses by class of status.", responses));
    }

    private void addTcp() {
        addTcp("invalid_proxy_headers", "Without a valid PROXY protocol header.", TcpTotals::invalidProxyHeaders);
        addTcp(
                "client_limit_exceeded",
                "Over the limit of the client that the PROXY protocol header names.",
                TcpTotals::clientLimitExceeded);
        addTcp("no_server_available", "No server was available.", TcpTotals::noServerAvailable);
        addTcp("client_aborts", "Aborted by the client.", TcpTotals::clientAborts);
        addTcp("idle_timeouts", "Closed because they were idle.", TcpTotals::idleTimeouts);
        addTcp("drain_timeouts", "Still open at the end of a drain.", TcpTotals::drainTimeouts);
    }

    private void addForAll(
            String name, String help, ToLongFunction<ListenerSnapshot> http, ToLongFunction<TcpTotals> tcp) {
        Map<Labels, Long> points = new LinkedHashMap<>();
        now.listeners().forEach(each -> points.put(label(each), http.applyAsLong(each.counts())));
        now.ports().forEach(each -> points.put(label(each), tcp.applyAsLong(each.traffic())));
        metrics.add(Metric.counter("listener_" + name, help, points));
    }

    private void addHttp(String name, String help, ToLongFunction<ListenerSnapshot> value) {
        Map<Labels, Long> points = new LinkedHashMap<>();
        now.listeners().forEach(each -> points.put(label(each), value.applyAsLong(each.counts())));
        metrics.add(Metric.counter("listener_" + name, help, points));
    }

    private void addTcp(String name, String help, ToLongFunction<TcpTotals> value) {
        Map<Labels, Long> points = new LinkedHashMap<>();
        now.ports().forEach(each -> points.put(label(each), value.applyAsLong(each.traffic())));
        metrics.add(Metric.counter("tcp_" + name, "TCP connections. " + help, points));
    }

    private static Labels label(StatsSnapshot.HttpListener listener) {
        return Labels.of("listener", listener.name());
    }

    private static Labels label(TcpSnapshot port) {
        return Labels.of("listener", port.name());
    }
}
