package io.ratemesh.node.settings;

import io.ratemesh.node.settings.BalancerSettings.Listen;
import io.ratemesh.node.settings.PoolSettings.Algorithm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An item of {@code balancer.tcp}: a port whose connections are forwarded as they are, whatever protocol they use.
 *
 * @param listen where clients connect
 * @param proxyProtocol whether every connection begins with the PROXY protocol, version 1 or 2
 * @param pool the servers, and the name of the listener
 * @param limits of its clients
 * @param idleTimeout how long a connection may be without a byte in either direction
 */
public record TcpSettings(
        Listen listen, boolean proxyProtocol, PoolSettings pool, Limits limits, Duration idleTimeout) {

    /**
     * Limits over all event loops. {@link LimitSettings} defines what a client is.
     *
     * @param connections open at once, 1 to 1,000,000
     * @param connectionsPerClient open at once from one client; 0 is no limit
     */
    public record Limits(int connections, int connectionsPerClient) {

        /** The defaults. */
        public static final Limits DEFAULT =
                new Limits(LimitSettings.DEFAULT.connections(), LimitSettings.DEFAULT.connectionsPerClient());

        private static Limits read(SettingsReader reader) {
            return new Limits(
                    reader.number("connections", 1, LimitSettings.MAX_COUNT, DEFAULT.connections()),
                    reader.number(
                            "connections-per-client", 0, LimitSettings.MAX_COUNT, DEFAULT.connectionsPerClient()));
        }
    }

    private static final String TCP = "tcp";

    /** Long enough for the pauses of a database client. TCP keep-alive finds peers that have crashed. */
    private static final Duration IDLE_TIMEOUT = Duration.ofHours(1);

    private static final Duration MAX_IDLE_TIMEOUT = Duration.ofDays(365);

    private static final int UNSET = 0;

    /** Settings of a pool that affect only HTTP. */
    private static final List<String> HTTP_ONLY = List.of(
            "outlier.consecutive-broken-responses",
            "hang.suspect-after",
            "hang.suspect-for",
            "retries.budget",
            "retries.min-per-second");

    /** The names of the other listeners in statistics. */
    private static final Set<String> RESERVED_NAMES = Set.of("front-door", "front-door-tls", "front-door-h2c");

    /** The name in statistics and in admin commands. */
    public String name() {
        return pool.name();
    }

    /**
     * Reads {@code balancer.tcp}.
     *
     * @param reader of {@code balancer}
     * @param bind the default address
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
                Optional<String> written = Optional.of(String.valueOf(number));
                reader.fault(TCP, "[" + i + "].port", written, "is listed twice", "list each port once");
            }
            if (number != UNSET && names.contains(port.name())) {
                Optional<String> written = Optional.of(port.name());
                reader.fault(TCP, "[" + i + "].name", written, "is the name of another pool", "use another name");
            }
            names.add(port.name());
        }
        return List.copyOf(ports);
    }

    private static TcpSettings read(SettingsReader item, String bind) {
        int port = item.number("port", 1, 65535, UNSET);
        if (port == UNSET && item.given("port").isEmpty()) {
            item.fault("port", "is missing", "use a number from 1 to 65535");
        }
        String name = item.text("name", "tcp-" + port);
        if (!name.matches(PoolSettings.NAME)) {
            item.fault("name", "is not a valid name", PoolSettings.NAME_REMEDY);
        }
        if (RESERVED_NAMES.contains(name)) {
            item.fault("name", "is the name of another listener", "use another name");
        }
        PoolSettings pool = PoolSettings.read(item, PoolSettings.others(name), false);
        rejectHttpOnly(item, pool);
        List.of("pipelining", "response-timeout", "keep-alive").forEach(item::withoutEffect);
        HTTP_ONLY.forEach(item::withoutEffect);
        return new TcpSettings(
                new Listen(item.bind("bind", bind), port),
                item.flag("proxy-protocol", false),
                pool,
                Limits.read(item.in("limits")),
                item.duration("idle-timeout", Duration.ofMillis(100), MAX_IDLE_TIMEOUT, IDLE_TIMEOUT));
    }

    private static void rejectHttpOnly(SettingsReader item, PoolSettings pool) {
        ConnectionSettings.rejectHttpOnly(item);
        if (pool.algorithm() == Algorithm.URI_HASH) {
            item.fault("algorithm", "needs a URI, which a TCP connection does not have", "use another algorithm");
        }
        if (pool.pipelining() > 0) {
            item.fault("pipelining", "is not supported on a TCP port", "use 0");
        }
        for (String key : List.of("response-timeout", "keep-alive")) {
            if (item.given(key).isPresent()) {
                item.fault(key, "is not supported on a TCP port, which has no responses", "use idle-timeout");
            }
        }
        for (String key : HTTP_ONLY) {
            if (item.given(key).isPresent()) {
                item.fault(key, "is not supported on a TCP port, which has no HTTP requests", "remove this setting");
            }
        }
    }
}
