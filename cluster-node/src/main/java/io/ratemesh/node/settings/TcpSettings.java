package io.ratemesh.node.settings;

import io.ratemesh.node.settings.BalancerSettings.Listen;
import io.ratemesh.node.settings.PoolSettings.Algorithm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An item of {@code balancer.tcp}: a port whose connections are passed on as they are, whatever is spoken on them.
 *
 * @param listen where clients connect
 * @param proxyProtocol whether every connection begins with the PROXY protocol, version 1 or 2
 * @param pool the servers behind it; its name is the port's, too
 * @param limits of its clients
 * @param idleTimeout after how long without a byte in either direction a connection is closed
 */
public record TcpSettings(
        Listen listen, boolean proxyProtocol, PoolSettings pool, Limits limits, Duration idleTimeout) {

    /**
     * What clients may have, over all event loops. A client is what it is to {@link LimitSettings}.
     *
     * @param connections open at once, at least 1
     * @param connectionsPerClient of these from one client; 0 for any number
     */
    public record Limits(int connections, int connectionsPerClient) {

        /** What holds where nothing is said. */
        public static final Limits DEFAULT =
                new Limits(LimitSettings.DEFAULT.connections(), LimitSettings.DEFAULT.connectionsPerClient());

        private static final int MANY = 1_000_000;

        private static Limits read(SettingsReader item) {
            return new Limits(
                    item.number("limits.connections", 1, MANY, DEFAULT.connections()),
                    item.number("limits.connections-per-client", 0, MANY, DEFAULT.connectionsPerClient()));
        }
    }

    private static final String TCP = "balancer.tcp";

    /** What a pool may be called, since it stands in paths and tables. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");

    /** A client of a database may think for long; one that died without a word is found out by the keep-alives of TCP. */
    private static final Duration IDLE_TIMEOUT = Duration.ofHours(1);

    private static final Duration LONGEST_IDLE = Duration.ofDays(365);

    private static final int UNSET = 0;

    /** Settings of a pool that have no effect on connections. */
    private static final List<String> OF_HTTP = List.of(
            "outlier.consecutive-broken-responses",
            "hang.suspect-after",
            "hang.suspect-for",
            "retries.budget",
            "retries.min-per-second");

    /** What statistics call the front door's other ports. */
    private static final Set<String> TAKEN = Set.of("front-door", "front-door-tls", "front-door-h2c");

    /** As statistics and operators call it. */
    public String name() {
        return pool.name();
    }

    /**
     * Reads all of them.
     *
     * @param bind the address of those that name none
     * @param pools the other pools, whose names are taken
     */
    static List<TcpSettings> readAll(SettingsReader reader, String bind, List<PoolSettings> pools) {
        List<TcpSettings> ports =
                reader.items(TCP, "[{port: 5432, servers: [\"10.0.0.21:5432\"]}]", item -> read(item, bind), List.of());
        Set<Listen> listens = new HashSet<>();
        List<String> names =
                new ArrayList<>(pools.stream().map(PoolSettings::name).toList());
        for (int i = 0; i < ports.size(); i++) {
            TcpSettings port = ports.get(i);
            int number = port.listen().port();
            if (number != UNSET && !listens.add(port.listen())) {
                reader.fault(TCP, "[" + i + "].port", Optional.of(String.valueOf(number)), "each port once");
            }
            if (number != UNSET && names.contains(port.name())) {
                reader.fault(TCP, "[" + i + "].name", Optional.of(port.name()), "each name once, of pools too");
            }
            names.add(port.name());
        }
        return List.copyOf(ports);
    }

    private static TcpSettings read(SettingsReader item, String bind) {
        int port = item.number("port", 1, 65535, UNSET);
        if (port == UNSET && item.optionalText("port").isEmpty()) {
            item.fault("port", "a number from 1 to 65535");
        }
        String name = item.text("name", "tcp-" + port);
        if (!NAME.matcher(name).matches()) {
            item.fault("name", "a name of letters, digits, _ and -, at most 63");
        }
        if (TAKEN.contains(name)) {
            item.fault("name", "another name: this is the front door's in statistics");
        }
        PoolSettings pool = PoolSettings.read(item, "", PoolSettings.others(name));
        if (pool.algorithm() == Algorithm.URI_HASH) {
            item.fault("algorithm", "any but uri-hash: there is no URI");
        }
        if (pool.discover().isPresent()) {
            item.fault("discover", "servers: what is discovered speaks HTTP");
        }
        if (pool.pipelining() > 0) {
            item.fault("pipelining", "0: each connection has one of its own");
        }
        for (String ofHttp : List.of("response-timeout", "keep-alive")) {
            if (item.optionalText(ofHttp).isPresent()) {
                item.fault(ofHttp, "idle-timeout: there are no responses on a TCP port");
            }
        }
        for (String ofHttp : OF_HTTP) {
            if (item.optionalText(ofHttp).isPresent()) {
                item.fault(ofHttp, "no value: there are no HTTP requests on a TCP port");
            }
        }
        return new TcpSettings(
                new Listen(item.bind("bind", bind), port),
                item.flag("proxy-protocol", false),
                pool,
                Limits.read(item),
                item.duration("idle-timeout", Duration.ofMillis(100), LONGEST_IDLE, IDLE_TIMEOUT));
    }
}
