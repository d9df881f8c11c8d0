package io.ratemesh.node.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * {@code balancer}: the listeners and the stats port.
 *
 * @param eventLoops 1 to 256
 * @param drainDelay how long a draining balancer continues to accept connections
 * @param http the listener for HTTP/1.1 without TLS
 * @param tls the listener with TLS; empty for none
 * @param h2c the listener for HTTP/2 without TLS; empty for none
 * @param webSocketOverHttp2 whether clients may open a WebSocket on a stream of HTTP/2 (RFC 8441)
 * @param limits of clients
 * @param trustedProxies whose forwarded fields and PROXY protocol are trusted, for example other balancers or a CDN
 * @param stats the stats port
 * @param pools the upstream servers
 * @param routes what happens with which requests; the most specific match wins
 * @param errorPages files with pages for browsers where a pool has no response, by status: 502, 503 or 504
 * @param affinityKeyFile the key that signs affinity cookies; made at the first start where it is missing
 * @param statics the static files
 * @param compression of responses
 * @param accessLog where each request is logged
 * @param tcp the listeners in TCP mode
 * @param scaler how many converters run
 */
public record BalancerSettings(
        int eventLoops,
        Duration drainDelay,
        HttpSettings http,
        Optional<TlsSettings> tls,
        Optional<H2cSettings> h2c,
        boolean webSocketOverHttp2,
        LimitSettings limits,
        List<AddressRange> trustedProxies,
        Stats stats,
        List<PoolSettings> pools,
        List<RouteSettings> routes,
        Map<Integer, Path> errorPages,
        Path affinityKeyFile,
        Static statics,
        CompressionSettings compression,
        AccessLogSettings accessLog,
        List<TcpSettings> tcp,
        ScalerSettings scaler) {

    /** The pool that every cluster has. */
    public static final String CONVERTERS = "converters";

    private static final List<String> ERROR_PAGES = List.of("502", "503", "504");

    private static final List<RouteSettings> TO_CONVERTERS =
            List.of(new RouteSettings("/api/", CONVERTERS), new RouteSettings("/v1/", CONVERTERS));

    /**
     * An address to listen on.
     *
     * @param bind an address or a host name of this machine
     * @param port 0 is any free port
     */
    public record Listen(String bind, int port) {

        private static final Set<String> ALL = Set.of("0.0.0.0", "::");

        static Listen read(SettingsReader reader, String defaultBind, int defaultPort) {
            return new Listen(reader.bind("bind", defaultBind), reader.port("port", defaultPort));
        }

        /** Whether one socket would take the connections of both. */
        boolean conflictsWith(Listen other) {
            return port == other.port
                    && port != 0
                    && (bind.equals(other.bind) || ALL.contains(bind) || ALL.contains(other.bind));
        }
    }

    /**
     * {@code balancer.stats}.
     *
     * @param listen where the stats port listens
     * @param user the name of the admin
     * @param password of the admin, from the environment only
     * @param passwordFile where the password is read from, and written to after it was generated at the first start
     * @param viewerPasswordFile the password of the user {@code viewer}, who may only read; empty for none
     * @param metricsFrom who may read {@code /metrics} without a password
     */
    public record Stats(
            Listen listen,
            String user,
            Optional<Secret> password,
            Path passwordFile,
            Optional<Path> viewerPasswordFile,
            List<AddressRange> metricsFrom) {

        private static final List<String> LOOPBACK = List.of("127.0.0.0/8", "::1");

        private static Stats read(SettingsReader reader, Home home) {
            return new Stats(
                    Listen.read(reader, "127.0.0.1", 8404),
                    reader.text("user", "admin"),
                    reader.secret("password"),
                    reader.path("password-file", home.folder().resolve("admin-password")),
                    reader.path("viewer-password-file"),
                    reader.networks("metrics-from", LOOPBACK));
        }
    }

    /**
     * {@code balancer.static}.
     *
     * @param page whether the browser UI is served
     * @param dir a folder whose files are looked up before the routes and replace the UI
     */
    public record Static(boolean page, Optional<Path> dir) {}

    /** The pool with this name. */
    public Optional<PoolSettings> pool(String name) {
        return pools.stream().filter(pool -> pool.name().equals(name)).findFirst();
    }

    /** Whether a pool has an affinity cookie, so that a key is needed. */
    public boolean signsCookies() {
        return pools.stream().anyMatch(pool -> pool.affinity().cookie().isPresent());
    }

    /** Reads the section {@code balancer}. */
    static BalancerSettings read(SettingsReader reader, Home home, boolean clustered) {
        List<PoolSettings> pools = pools(reader, clustered);
        Optional<TlsSettings> tls = TlsSettings.read(reader.in("tls"));
        HttpSettings http = HttpSettings.read(reader.in("http"), tls.isPresent());
        Optional<H2cSettings> h2c = H2cSettings.read(reader.in("h2c"));
        Stats stats = Stats.read(reader.in("stats"), home);
        List<TcpSettings> tcp = TcpSettings.readAll(reader, http.listen().bind(), pools);
        requireDistinctPorts(reader, http, tls, h2c, stats, tcp);
        return new BalancerSettings(
                reader.numberOrAuto("event-loops", 1, 256)
                        .orElseGet(() -> Runtime.getRuntime().availableProcessors()),
                reader.duration("drain-delay", Duration.ZERO, Duration.ofMinutes(1), Duration.ZERO),
                http,
                tls,
                h2c,
                reader.flag("websocket-over-http2", false),
                LimitSettings.read(reader.in("limits")),
                reader.networks("trusted-proxies", List.of()),
                stats,
                pools,
                routes(reader, pools, clustered),
                errorPages(reader),
                reader.path("affinity-key-file", home.folder().resolve("affinity-key")),
                // The UI converts currencies, which only a cluster can do.
                new Static(reader.flag("static.enabled", clustered), reader.path("static.dir")),
                CompressionSettings.read(reader.in("compression")),
                AccessLogSettings.read(reader.in("access-log")),
                tcp,
                ScalerSettings.read(reader.in("scaler"), clustered));
    }

    /** With SO_REUSEPORT, two listeners on one address would each get some of its connections. */
    private static void requireDistinctPorts(
            SettingsReader reader,
            HttpSettings http,
            Optional<TlsSettings> tls,
            Optional<H2cSettings> h2c,
            Stats stats,
            List<TcpSettings> tcp) {
        Map<String, Listen> sections = new LinkedHashMap<>();
        sections.put("http", http.listen());
        sections.put("stats", stats.listen());
        tls.ifPresent(settings -> sections.put("tls", settings.listen()));
        h2c.ifPresent(settings -> sections.put("h2c", settings.listen()));
        Map<String, Listen> taken = new LinkedHashMap<>();
        sections.forEach((section, listen) -> {
            requireFree(reader, section + ".port", "", listen, taken);
            taken.put(section, listen);
        });
        for (int i = 0; i < tcp.size(); i++) {
            requireFree(reader, "tcp", "[" + i + "].port", tcp.get(i).listen(), taken);
        }
    }

    private static void requireFree(
            SettingsReader reader, String key, String place, Listen listen, Map<String, Listen> taken) {
        taken.entrySet().stream()
                .filter(other -> other.getValue().conflictsWith(listen))
                .findFirst()
                .ifPresent(other -> reader.fault(
                        key,
                        place,
                        Optional.of(String.valueOf(listen.port())),
                        "is also the port of balancer." + other.getKey(),
                        "use another port"));
    }

    private static List<PoolSettings> pools(SettingsReader reader, boolean clustered) {
        List<PoolSettings> pools = new ArrayList<>();
        List<String> names = new ArrayList<>(reader.names("pools"));
        if (clustered && !names.contains(CONVERTERS)) {
            names.add(0, CONVERTERS);
        }
        for (String name : names) {
            if (!name.matches(PoolSettings.NAME)) {
                reader.fault("pools", "", Optional.of(name), "is not a valid name", PoolSettings.NAME_REMEDY);
            }
            SettingsReader section = reader.in("pools." + name);
            PoolSettings byDefault =
                    clustered && name.equals(CONVERTERS) ? PoolSettings.converters(name) : PoolSettings.others(name);
            PoolSettings pool = PoolSettings.read(section, byDefault, true);
            if (pool.discover().isPresent() && !clustered) {
                section.fault("discover", "needs a cluster, and cluster.enabled is false", "list servers");
            }
            pools.add(pool);
        }
        return List.copyOf(pools);
    }

    private static Map<Integer, Path> errorPages(SettingsReader reader) {
        Map<Integer, Path> pages = new LinkedHashMap<>();
        for (String status : reader.entries("error-pages").keySet()) {
            String key = "error-pages." + status;
            if (!ERROR_PAGES.contains(status)) {
                reader.fault(key, "is for another status", "use one of the statuses " + String.join(", ", ERROR_PAGES));
            } else {
                reader.path(key).ifPresent(file -> pages.put(Integer.parseInt(status), file));
            }
        }
        return Map.copyOf(pages);
    }

    private static List<RouteSettings> routes(SettingsReader reader, List<PoolSettings> pools, boolean clustered) {
        List<RouteSettings> routes = reader.items(
                "routes", "[{path: /shop/, pool: web}]", RouteSettings::read, clustered ? TO_CONVERTERS : List.of());
        if (clustered && reader.given("routes").isEmpty()) {
            reader.use(
                    "routes",
                    TO_CONVERTERS.stream()
                            .map(route -> new TreeMap<>(Map.of(
                                    "path",
                                    route.match().path(),
                                    "pool",
                                    route.pool().orElseThrow())))
                            .toList());
        }
        List<String> names = pools.stream().map(PoolSettings::name).toList();
        for (int i = 0; i < routes.size(); i++) {
            RouteSettings route = routes.get(i);
            Optional<String> unknown = route.pool().filter(pool -> !pool.isEmpty() && !names.contains(pool));
            if (unknown.isPresent()) {
                reader.fault(
                        "routes",
                        "[" + i + "].pool",
                        unknown,
                        "is not a pool",
                        names.isEmpty()
                                ? "define a pool in balancer.pools, which is empty"
                                : "use one of the pools " + String.join(", ", names));
            }
            RouteMatch match = route.match();
            if (routes.subList(0, i).stream().anyMatch(before -> match.isAmbiguousWith(before.match()))) {
                reader.fault(
                        "routes",
                        "[" + i + "]." + (match.exact() ? "exact" : "path"),
                        Optional.of(match.path()),
                        "is the path of another route",
                        "list each path once, or add host, method or headers");
            }
        }
        return routes;
    }
}
