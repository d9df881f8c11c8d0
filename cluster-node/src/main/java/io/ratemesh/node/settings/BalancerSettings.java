package io.ratemesh.node.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code balancer}: the front door and the stats port.
 *
 * @param eventLoops how many, at least 1
 * @param http the front door
 * @param tls the front door over TLS; empty for none
 * @param h2c the front door for HTTP/2 without TLS; empty for none
 * @param limits what clients may take
 * @param trustedProxies whose word is taken on who is behind them: other balancers, a CDN
 * @param stats the operators' port
 * @param pools the servers behind it
 * @param routes which requests go to which pool; the longest path that fits decides
 * @param statics what the front door serves by itself
 * @param accessLog where it logs each request
 * @param tcp ports whose connections are passed on as they are
 */
public record BalancerSettings(
        int eventLoops,
        HttpSettings http,
        Optional<TlsSettings> tls,
        Optional<H2cSettings> h2c,
        LimitSettings limits,
        List<AddressRange> trustedProxies,
        Stats stats,
        List<PoolSettings> pools,
        List<RouteSettings> routes,
        Static statics,
        AccessLogSettings accessLog,
        List<TcpSettings> tcp) {

    /** The pool that every cluster has. */
    public static final String CONVERTERS = "converters";

    private static final String POOLS = "balancer.pools";
    private static final String TCP = "balancer.tcp";
    private static final String ROUTES = "balancer.routes";
    private static final String TRUSTED_PROXIES = "balancer.trusted-proxies";
    private static final List<RouteSettings> TO_CONVERTERS =
            List.of(new RouteSettings("/api/", CONVERTERS), new RouteSettings("/v1/", CONVERTERS));

    /** An address to listen on; port 0 is any free one. */
    public record Listen(String bind, int port) {

        private static final Set<String> ALL = Set.of("0.0.0.0", "::");

        /** Whether both cannot be listened on. */
        boolean meets(Listen other) {
            return port == other.port
                    && port != 0
                    && (bind.equals(other.bind) || ALL.contains(bind) || ALL.contains(other.bind));
        }
    }

    /**
     * {@code balancer.stats}.
     *
     * @param listen where
     * @param user who may in
     * @param password given by environment only; a record's text never shows it
     * @param passwordFile where the password is read from, or kept after it was made at the first start
     * @param viewerPasswordFile of the user {@code viewer}, who may read and change nothing; empty for none
     */
    public record Stats(
            Listen listen,
            String user,
            Optional<Secret> password,
            Path passwordFile,
            Optional<Path> viewerPasswordFile) {}

    /**
     * {@code balancer.static}.
     *
     * @param page whether the browser UI is served
     * @param dir a folder whose files are served before the routes are asked, instead of the UI
     */
    public record Static(boolean page, Optional<Path> dir) {}

    /** The pool of a name. */
    public Optional<PoolSettings> pool(String name) {
        return pools.stream().filter(pool -> pool.name().equals(name)).findFirst();
    }

    static BalancerSettings read(SettingsReader reader, Home home, boolean clustered) {
        Path passwordFile = home.folder().resolve("admin-password");
        List<PoolSettings> pools = pools(reader, clustered);
        Optional<TlsSettings> tls = TlsSettings.read(reader);
        HttpSettings http = HttpSettings.read(reader, tls.isPresent());
        Optional<H2cSettings> h2c = H2cSettings.read(reader);
        Listen stats = new Listen(
                reader.bind("balancer.stats.bind", "127.0.0.1"), reader.number("balancer.stats.port", 0, 65535, 8404));
        List<TcpSettings> tcp = TcpSettings.readAll(reader, reader.bind("balancer.http.bind", "0.0.0.0"), pools);
        eachPortOnce(reader, http, tls, h2c, stats, tcp);
        return new BalancerSettings(
                reader.numberOrAuto("balancer.event-loops", 1, 256)
                        .orElseGet(() -> Runtime.getRuntime().availableProcessors()),
                http,
                tls,
                h2c,
                LimitSettings.read(reader),
                trustedProxies(reader),
                new Stats(
                        stats,
                        reader.text("balancer.stats.user", "admin"),
                        reader.secret("balancer.stats.password"),
                        reader.path("balancer.stats.password-file").orElse(passwordFile),
                        reader.path("balancer.stats.viewer-password-file")),
                pools,
                routes(reader, pools, clustered),
                new Static(
                        // The page converts currencies: without a cluster there is none who could.
                        reader.flag("balancer.static.enabled", clustered), reader.path("balancer.static.dir")),
                AccessLogSettings.read(reader),
                tcp);
    }

    /** Two servers of one address would share its connections by turns, whatever each is for. */
    private static void eachPortOnce(
            SettingsReader reader,
            HttpSettings http,
            Optional<TlsSettings> tls,
            Optional<H2cSettings> h2c,
            Listen stats,
            List<TcpSettings> tcp) {
        Map<String, Listen> all = new LinkedHashMap<>();
        all.put("balancer.http", http.listen());
        all.put("balancer.stats", stats);
        tls.ifPresent(given -> all.put("balancer.tls", given.listen()));
        h2c.ifPresent(given -> all.put("balancer.h2c", given.listen()));
        Map<String, Listen> taken = new LinkedHashMap<>();
        all.forEach((key, listen) -> {
            holder(taken, listen).ifPresent(by -> reader.fault(key + ".port", "another than that of " + by));
            taken.put(key, listen);
        });
        for (int i = 0; i < tcp.size(); i++) {
            Optional<String> port =
                    Optional.of(String.valueOf(tcp.get(i).listen().port()));
            String place = "[" + i + "].port";
            holder(taken, tcp.get(i).listen())
                    .ifPresent(by -> reader.fault(TCP, place, port, "another than that of " + by));
        }
    }

    private static Optional<String> holder(Map<String, Listen> taken, Listen wanted) {
        return taken.entrySet().stream()
                .filter(each -> each.getValue().meets(wanted))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static List<AddressRange> trustedProxies(SettingsReader reader) {
        List<AddressRange> ranges = new ArrayList<>();
        List<String> written = reader.texts(TRUSTED_PROXIES, List.of());
        for (int i = 0; i < written.size(); i++) {
            Optional<AddressRange> range = AddressRange.parse(written.get(i));
            range.ifPresent(ranges::add);
            if (range.isEmpty()) {
                reader.fault(TRUSTED_PROXIES, "[" + i + "]", Optional.of(written.get(i)), AddressRange.EXPECTED);
            }
        }
        return List.copyOf(ranges);
    }

    private static List<PoolSettings> pools(SettingsReader reader, boolean clustered) {
        List<PoolSettings> pools = new ArrayList<>();
        List<String> names = new ArrayList<>(reader.names(POOLS));
        if (clustered && !names.contains(CONVERTERS)) {
            names.add(0, CONVERTERS);
        }
        for (String name : names) {
            String section = POOLS + "." + name + ".";
            if (!name.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,62}")) {
                reader.fault(POOLS, "", Optional.of(name), "a name of letters, digits, _ and -, at most 63");
            }
            PoolSettings pool = PoolSettings.read(
                    reader,
                    section,
                    clustered && name.equals(CONVERTERS) ? PoolSettings.converters(name) : PoolSettings.others(name));
            if (pool.discover().isPresent() && !clustered) {
                reader.fault(section + "discover", "servers, since cluster.enabled is false");
            }
            pools.add(pool);
        }
        return List.copyOf(pools);
    }

    private static List<RouteSettings> routes(SettingsReader reader, List<PoolSettings> pools, boolean clustered) {
        List<RouteSettings> routes = reader.items(
                ROUTES, "[{path: /shop/, pool: web}]", RouteSettings::read, clustered ? TO_CONVERTERS : List.of());
        List<String> names = pools.stream().map(PoolSettings::name).toList();
        Set<String> paths = new HashSet<>();
        for (int i = 0; i < routes.size(); i++) {
            RouteSettings route = routes.get(i);
            if (!names.contains(route.pool())) {
                reader.fault(
                        ROUTES,
                        "[" + i + "].pool",
                        Optional.of(route.pool()).filter(pool -> !pool.isEmpty()),
                        names.isEmpty()
                                ? "a pool; there is none in balancer.pools"
                                : "one of the pools " + String.join(", ", names));
            }
            if (!route.path().isEmpty() && !paths.add(route.path())) {
                reader.fault(ROUTES, "[" + i + "].path", Optional.of(route.path()), "each path once");
            }
        }
        return routes;
    }
}
