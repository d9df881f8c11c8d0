package io.ratemesh.node.settings;

import io.ratemesh.node.NodeRole;
import io.ratemesh.node.settings.SettingsReader.Bounds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * {@code balancer.pools.NAME}: servers that can serve the same requests.
 *
 * @param name as routes refer to it
 * @param discover the role whose announcements fill the pool; empty for another source
 * @param servers the listed servers
 * @param algorithm how a server is chosen
 * @param check how their health is checked
 * @param maxInFlight requests in flight at one server, over all event loops, at which it gets no more; 0 is no limit
 * @param queue where requests wait while no server can take them
 * @param slowStart how long a new or recovered server gets less than its weight; zero disables it
 * @param pipelining requests without a body in flight on one connection; 0 is one at a time
 * @param timeouts of connections to a server
 * @param resolve how often host names are resolved
 * @param failures how the pool reacts to failed requests
 * @param connection what is special about connections to its servers
 * @param affinity whether requests of a client go to the same server
 * @param dns the name in DNS whose records fill the pool; empty for another source
 */
public record PoolSettings(
        String name,
        Optional<NodeRole> discover,
        List<ServerSettings> servers,
        Algorithm algorithm,
        CheckSettings check,
        int maxInFlight,
        Queue queue,
        Duration slowStart,
        int pipelining,
        Timeouts timeouts,
        Resolve resolve,
        FailureSettings failures,
        ConnectionSettings connection,
        AffinitySettings affinity,
        Optional<DnsSettings> dns) {

    /** With plain TCP connections and without affinity and DNS. */
    public PoolSettings(
            String name,
            Optional<NodeRole> discover,
            List<ServerSettings> servers,
            Algorithm algorithm,
            CheckSettings check,
            int maxInFlight,
            Queue queue,
            Duration slowStart,
            int pipelining,
            Timeouts timeouts,
            Resolve resolve,
            FailureSettings failures) {
        this(
                name,
                discover,
                servers,
                algorithm,
                check,
                maxInFlight,
                queue,
                slowStart,
                pipelining,
                timeouts,
                resolve,
                failures,
                ConnectionSettings.PLAIN,
                AffinitySettings.NONE,
                Optional.empty());
    }

    /** Whether its servers are listed. */
    public boolean isListed() {
        return discover.isEmpty() && dns.isEmpty();
    }

    /** Whether the health of its servers is checked. */
    public boolean hasChecks() {
        return check.kind() != CheckSettings.Kind.NONE;
    }

    /** How a server is chosen. */
    public enum Algorithm {
        LEAST_CONNECTIONS("least-connections"),
        ROUND_ROBIN("round-robin"),
        RANDOM_TWO("random-two"),
        SOURCE_HASH("source-hash"),
        URI_HASH("uri-hash"),
        FIRST("first");

        private final String word;

        Algorithm(String word) {
            this.word = word;
        }

        /** Its name in settings and statistics. */
        public String word() {
            return word;
        }
    }

    /**
     * Where requests wait.
     *
     * @param limit the most requests that wait, over all event loops; 0 disables the queue
     * @param timeout the longest wait
     */
    public record Queue(int limit, Duration timeout) {

        private static final Queue DEFAULT = new Queue(1000, Duration.ofSeconds(2));

        private static Queue read(SettingsReader reader, Queue byDefault) {
            return new Queue(
                    reader.number("limit", 0, 1_000_000, byDefault.limit()),
                    reader.duration("timeout", Duration.ofMillis(10), Duration.ofMinutes(5), byDefault.timeout()));
        }
    }

    /**
     * Timeouts of connections to a server.
     *
     * @param connect until the server accepts a connection
     * @param response from the end of a request to the head of its response, and between two bytes of a response; zero is no
     *     limit
     * @param keepAlive how long an idle connection is reused unless the server names a time; zero disables reuse
     */
    public record Timeouts(Duration connect, Duration response, Duration keepAlive) {

        /**
         * The defaults. The keep-alive time is below the five seconds after which Node.js, Apache and others close an idle
         * connection without notice.
         */
        public static final Timeouts DEFAULT =
                new Timeouts(Duration.ofSeconds(3), Duration.ofSeconds(60), Duration.ofSeconds(4));

        private static Timeouts read(SettingsReader reader, Timeouts byDefault) {
            return new Timeouts(
                    reader.duration(
                            "connect-timeout", Duration.ofMillis(10), Duration.ofMinutes(5), byDefault.connect()),
                    reader.duration("response-timeout", Duration.ZERO, Duration.ofHours(24), byDefault.response()),
                    reader.duration("keep-alive", Duration.ZERO, Duration.ofHours(1), byDefault.keepAlive()));
        }
    }

    /**
     * How often host names are resolved: when their time to live is over, within these bounds.
     *
     * @param min the shortest interval, also used for names without a time to live, such as those in a hosts file
     * @param max the longest interval
     */
    public record Resolve(Duration min, Duration max) {

        /** The defaults. */
        public static final Resolve DEFAULT = new Resolve(Duration.ofSeconds(5), Duration.ofSeconds(60));

        /** The time to live, moved into the bounds. */
        public Duration within(Duration timeToLive) {
            Duration atLeast = timeToLive.compareTo(min) < 0 ? min : timeToLive;
            return atLeast.compareTo(max) > 0 ? max : atLeast;
        }

        private static Resolve read(SettingsReader reader, Resolve byDefault) {
            Bounds bounds = reader.bounds("min", "max", byDefault.min(), byDefault.max());
            return new Resolve(bounds.min(), bounds.max());
        }
    }

    /** What names of pools and of TCP listeners look like, since they stand in paths and tables. */
    static final String NAME = "[A-Za-z0-9][A-Za-z0-9_-]{0,62}";

    static final String NAME_REMEDY = "use at most 63 letters, digits, _ and -";

    private static final Map<String, Algorithm> ALGORITHMS = Arrays.stream(Algorithm.values())
            .collect(Collectors.toUnmodifiableMap(Algorithm::word, Function.identity()));
    private static final Map<String, NodeRole> ROLES = Map.of("converter", NodeRole.CONVERTER);

    private static final Duration SLOW_START = Duration.ofSeconds(10);
    /** The most servers that are listed or found. */
    static final int MAX_SERVERS = 1000;

    /** The most pipelined requests that a converter reads before it has sent the first response. */
    private static final int CONVERTER_PIPELINING = 64;

    /** The defaults of a pool of discovered converters. */
    static PoolSettings converters(String name) {
        return defaults(name, Optional.of(NodeRole.CONVERTER), CheckSettings.OF_OWN_NODES, CONVERTER_PIPELINING);
    }

    /** The defaults of a pool of listed servers. */
    static PoolSettings others(String name) {
        return defaults(name, Optional.empty(), CheckSettings.OF_OTHERS, 0);
    }

    private static PoolSettings defaults(
            String name, Optional<NodeRole> discover, CheckSettings check, int pipelining) {
        return new PoolSettings(
                name,
                discover,
                List.of(),
                Algorithm.LEAST_CONNECTIONS,
                check,
                0,
                Queue.DEFAULT,
                SLOW_START,
                pipelining,
                Timeouts.DEFAULT,
                Resolve.DEFAULT,
                FailureSettings.DEFAULT);
    }

    /**
     * Reads a pool.
     *
     * @param reader of the pool's section
     * @param byDefault the defaults, and the name
     * @param canDiscover false for a TCP port, which needs other servers than nodes
     */
    static PoolSettings read(SettingsReader reader, PoolSettings byDefault, boolean canDiscover) {
        List<String> written = reader.texts("servers", List.of());
        List<ServerSettings> servers = servers(reader, written);
        Optional<NodeRole> discover = reader.optionalOneOf("discover", ROLES);
        if (discover.isPresent() && !canDiscover) {
            reader.fault("discover", "is not supported on a TCP port", "list servers");
        } else if (discover.isPresent() && !servers.isEmpty()) {
            reader.fault("discover", "cannot be combined with servers", "remove one of them");
        }
        Optional<DnsSettings> dns = DnsSettings.read(reader.in("dns"));
        if (dns.isPresent() && (!written.isEmpty() || discover.isPresent())) {
            String other = written.isEmpty() ? "discover" : "servers";
            reader.fault(dns.get().key(), "cannot be combined with " + other, "remove one of them");
        }
        PoolSettings base = byDefault;
        if (discover.isPresent() && canDiscover && byDefault.discover().isEmpty()) {
            base = converters(byDefault.name());
        } else if ((!servers.isEmpty() || dns.isPresent())
                && byDefault.discover().isPresent()) {
            base = others(byDefault.name());
        }
        if (written.isEmpty()
                && discover.isEmpty()
                && dns.isEmpty()
                && base.discover().isEmpty()) {
            reader.fault(
                    "servers",
                    "has no server",
                    "list at least one server, such as [\"127.0.0.1:9101\"], or set dns.name"
                            + (canDiscover ? " or discover: converter" : ""));
        }
        int pipelining = reader.number("pipelining", 0, 1000, base.pipelining());
        return new PoolSettings(
                base.name(),
                base.discover(),
                servers,
                reader.oneOf("algorithm", ALGORITHMS, base.algorithm()),
                CheckSettings.read(reader.in("check"), base.check()),
                reader.number("max-in-flight", 0, 1_000_000, base.maxInFlight()),
                Queue.read(reader.in("queue"), base.queue()),
                reader.duration("slow-start", Duration.ZERO, Duration.ofHours(1), base.slowStart()),
                pipelining,
                Timeouts.read(reader, base.timeouts()),
                Resolve.read(reader.in("resolve"), base.resolve()),
                FailureSettings.read(reader, base.failures()),
                ConnectionSettings.read(reader, pipelining),
                affinity(reader),
                dns);
    }

    private static AffinitySettings affinity(SettingsReader reader) {
        AffinitySettings affinity = AffinitySettings.read(reader.in("affinity"));
        if (affinity.header().isPresent() && reader.given("algorithm").isPresent()) {
            reader.fault("algorithm", "cannot be combined with affinity.header, which decides", "remove one of them");
        }
        return affinity;
    }

    private static List<ServerSettings> servers(SettingsReader reader, List<String> written) {
        List<ServerSettings> servers = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < written.size(); i++) {
            String place = "[" + i + "]";
            Optional<String> text = Optional.of(written.get(i));
            Optional<ServerSettings> server = ServerSettings.parse(written.get(i));
            if (server.isEmpty()) {
                boolean unix = written.get(i).strip().startsWith(ServerSettings.UNIX);
                String remedy = unix ? ServerSettings.UNIX_REMEDY : ServerSettings.REMEDY;
                reader.fault("servers", place, text, "is not a valid server", remedy);
            } else if (ids.add(server.get().id())) {
                servers.add(server.get());
            } else {
                reader.fault("servers", place, text, "is listed twice", "list each server once");
            }
        }
        if (servers.size() > MAX_SERVERS) {
            reader.fault("servers", "has too many servers", "list at most " + MAX_SERVERS + " servers");
        }
        return List.copyOf(servers);
    }
}
