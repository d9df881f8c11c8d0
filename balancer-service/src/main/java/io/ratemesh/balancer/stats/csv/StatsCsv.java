package io.ratemesh.balancer.stats.csv;

import io.ratemesh.balancer.loadbalance.PoolSnapshot;
import io.ratemesh.balancer.stats.ProxyMode;
import io.ratemesh.balancer.stats.RateTracker;
import io.ratemesh.balancer.stats.StatsSnapshot;
import io.ratemesh.balancer.tcp.TcpSnapshot;

/** HAProxy's statistics CSV (management guide 9.1), for the tools that read it. What is not counted is empty. */
public final class StatsCsv {

    private final StringBuilder csv = new StringBuilder(CsvRow.HEADER).append('\n');
    private final RateTracker rates;
    private int proxy;

    private StatsCsv(RateTracker rates) {
        this.rates = rates;
    }

    /**
     * Writes the header, the HTTP listeners, then the servers and {@code BACKEND} of each pool. A TCP port is what HAProxy calls {@code
     * listen}: its frontend and backend share one name and one number.
     */
    public static String write(StatsSnapshot snapshot, RateTracker rates) {
        StatsCsv table = new StatsCsv(rates);
        snapshot.listeners().forEach(table::listener);
        snapshot.pools().forEach(table::pool);
        snapshot.ports().forEach(table::port);
        return table.csv.toString();
    }

    private void listener(StatsSnapshot.HttpListener listener) {
        FrontendRow.of(listener, ++proxy, rates).appendTo(csv);
    }

    private void pool(PoolSnapshot pool) {
        new PoolRows(pool, ProxyMode.HTTP, ++proxy, rates).appendTo(csv);
    }

    private void port(TcpSnapshot port) {
        FrontendRow.of(port, ++proxy, rates).appendTo(csv);
        new PoolRows(port.pool(), ProxyMode.TCP, proxy, rates).appendTo(csv);
    }
}
