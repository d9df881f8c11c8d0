package io.ratemesh.balancer.stats.csv;

import io.ratemesh.balancer.listener.ListenerSnapshot;
import io.ratemesh.balancer.stats.ProxyMode;
import io.ratemesh.balancer.stats.RateTracker;
import io.ratemesh.balancer.stats.StatsSnapshot;
import io.ratemesh.balancer.tcp.TcpSnapshot;
import io.ratemesh.balancer.tcp.TcpTotals;

/** The row {@code FRONTEND} of a listener in HAProxy's CSV. */
final class FrontendRow {

    private FrontendRow() {}

    static CsvRow of(StatsSnapshot.HttpListener listener, int id, RateTracker rates) {
        ListenerSnapshot counts = listener.counts();
        RateTracker.Rate requests = rates.requests(listener.name());
        return connections(listener.name(), id, rates)
                .put("scur", counts.connectionsOpen())
                .put(
                        "smax",
                        Math.max(
                                counts.connectionsOpen(),
                                rates.connections(listener.name()).maxConcurrent()))
                .put("slim", listener.limit())
                .put("stot", counts.connections())
                .put("bin", counts.bytesIn())
                .put("bout", counts.bytesOut())
                .put("ereq", counts.rejected())
                .put("status", "OPEN")
                .put("req_rate", requests.perSecond())
                .put("req_rate_max", requests.maxPerSecond())
                .put("req_tot", counts.requests())
                .put("cli_abrt", counts.clientAborts())
                .put("mode", ProxyMode.HTTP.haproxyName())
                .put("conn_tot", counts.connections() + counts.connectionsRefused())
                .put("dcon", counts.connectionsRefused())
                .put("dses", 0)
                .putResponses(counts.responses());
    }

    /** In mode {@code tcp}, HAProxy counts no requests. */
    static CsvRow of(TcpSnapshot port, int id, RateTracker rates) {
        TcpTotals traffic = port.traffic();
        return connections(port.name(), id, rates)
                .put("scur", traffic.open())
                .put("smax", Math.max(traffic.open(), port.maxOpen()))
                .put("slim", port.limit())
                .put("stot", traffic.connections())
                .put("bin", traffic.bytesIn())
                .put("bout", traffic.bytesOut())
                .put("ereq", traffic.invalidProxyHeaders())
                .put("status", port.accepting() ? "OPEN" : "STOP")
                .put("req_rate", 0)
                .put("req_rate_max", 0)
                .put("req_tot", 0)
                .put("cli_abrt", traffic.clientAborts())
                .put("mode", ProxyMode.TCP.haproxyName())
                .put("conn_tot", traffic.connections() + port.refused())
                .put("dcon", port.refused())
                .put("dses", traffic.clientLimitExceeded());
    }

    private static CsvRow connections(String name, int id, RateTracker rates) {
        RateTracker.Rate sessions = rates.connections(name);
        RateTracker.Rate attempts = rates.connectionAttempts(name);
        return CsvRow.of(CsvRow.Type.FRONTEND, name, "FRONTEND", id, 0)
                .put("dreq", 0)
                .put("dresp", 0)
                .put("rate", sessions.perSecond())
                .put("rate_lim", 0)
                .put("rate_max", sessions.maxPerSecond())
                .put("conn_rate", attempts.perSecond())
                .put("conn_rate_max", attempts.maxPerSecond())
                .putNoCompression();
    }
}
