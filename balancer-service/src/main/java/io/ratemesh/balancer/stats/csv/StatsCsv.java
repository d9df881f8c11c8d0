package io.ratemesh.balancer.stats.csv;

import io.ratemesh.balancer.loadbalance.PoolSnapshot;
import io.ratemesh.balancer.stats.ProxyMode;
import io.ratemesh.balancer.stats.RateTracker;
import io.ratemesh.balancer.stats.StatsSnapshot;
import io.ratemesh.balancer.tcp.TcpSnapshot;

/**
 * HAProxy's statistics as CSV (its management guide, 9.1), so that the tools that read those read these. What is not
 * counted here stays empty, which is how HAProxy says "does not apply".
 */
public final class StatsCsv {

    private final StringBuilder csv = new StringBuilder(CsvRow.HEADER).append('\n');
    private final RateTracker trends;
    private int proxy;

    private StatsCsv(RateTracker trends) {
        this.trends = trends;
    }

    /**
     * Writes the table: the header, each address of the front door, then of each pool its servers and itself. A port of TCP is
     * what HAProxy calls {@code listen}: its frontend and its backend have one name and one number.
     */
    public static String write(StatsSnapshot snapshot, RateTracker trends) {
        StatsCsv table = new StatsCsv(trends);
        snapshot.listeners().forEach(table::listener);
        snapshot.pools().forEach(table::pool);
        snapshot.ports().forEach(table::port);
        return table.csv.toString();
    }

    private void listener(StatsSnapshot.Listener listener) {
        FrontendRow.of(listener, ++proxy, trends).appendTo(csv);
    }

    private void pool(PoolSnapshot pool) {
        new PoolRows(pool, ProxyMode.HTTP, ++proxy, trends).appendTo(csv);
    }

    private void port(TcpSnapshot port) {
        FrontendRow.of(port, ++proxy, trends).appendTo(csv);
        new PoolRows(port.pool(), ProxyMode.TCP, proxy, trends).appendTo(csv);
    }
}
