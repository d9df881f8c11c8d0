package io.ratemesh.balancer.stats.csv;

import io.ratemesh.balancer.listener.ListenerSnapshot;
import io.ratemesh.balancer.stats.ProxyMode;
import io.ratemesh.balancer.stats.RateTracker;
import io.ratemesh.balancer.stats.StatsSnapshot;
import io.ratemesh.balancer.tcp.TcpSnapshot;
import io.ratemesh.balancer.tcp.TcpTotals;

/** The row {@code FRONTEND} of an address in HAProxy's table. */
final class FrontendRow {

    private FrontendRow() {}

    static CsvRow of(StatsSnapshot.Listener listener, int id, RateTracker trends) {
        ListenerSnapshot counts = listener.counts();
        RateTracker.Trend requests = trends.requests(listener.name());
        return connections(listener.name(), id, trends)
                .put("scur", counts.connectionsOpen())
                .put(
                        "smax",
                        Math.max(
                                counts.connectionsOpen(),
                                trends.connections(listener.name()).mostAtOnce()))
                .put("slim", listener.limit())
                .put("stot", counts.connections())
                .put("bin", counts.bytesIn())
                .put("bout", counts.bytesOut())
                .put("ereq", counts.refused())
                .put("status", "OPEN")
                .put("req_rate", requests.perSecond())
                .put("req_rate_max", requests.mostPerSecond())
                .put("req_tot", counts.requests())
                .put("cli_abrt", counts.abandoned())
                .put("mode", ProxyMode.HTTP.word())
                .put("conn_tot", counts.connections() + counts.connectionsRefused())
                .put("dcon", counts.connectionsRefused())
                .put("dses", 0)
                .putAnswers(counts.answers());
    }

    /** Where there are no requests HAProxy counts none. */
    static CsvRow of(TcpSnapshot port, int id, RateTracker trends) {
        TcpTotals traffic = port.traffic();
        return connections(port.name(), id, trends)
                .put("scur", traffic.open())
                .put("smax", Math.max(traffic.open(), port.mostOpen()))
                .put("slim", port.limit())
                .put("stot", traffic.connections())
                .put("bin", traffic.bytesIn())
                .put("bout", traffic.bytesOut())
                .put("ereq", traffic.unintroduced())
                .put("status", port.accepting() ? "OPEN" : "STOP")
                .put("req_rate", 0)
                .put("req_rate_max", 0)
                .put("req_tot", 0)
                .put("cli_abrt", traffic.clientsLeft())
                .put("mode", ProxyMode.TCP.word())
                .put("conn_tot", traffic.connections() + port.refused())
                .put("dcon", port.refused())
                .put("dses", traffic.oneTooMany());
    }

    private static CsvRow connections(String name, int id, RateTracker trends) {
        RateTracker.Trend sessions = trends.connections(name);
        RateTracker.Trend arrivals = trends.arrivals(name);
        return CsvRow.of(CsvRow.Type.FRONTEND, name, "FRONTEND", id, 0)
                .put("dreq", 0)
                .put("dresp", 0)
                .put("rate", sessions.perSecond())
                .put("rate_lim", 0)
                .put("rate_max", sessions.mostPerSecond())
                .put("conn_rate", arrivals.perSecond())
                .put("conn_rate_max", arrivals.mostPerSecond())
                .putNoCompression();
    }
}
