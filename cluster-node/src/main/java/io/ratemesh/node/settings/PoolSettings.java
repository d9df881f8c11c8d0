package io.ratemesh.node.settings;

import io.ratemesh.node.NodeRole;
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
 * {@code balancer.pools.NAME}: servers that can answer the same requests.
 *
 * @param name as routes say it
 * @param discover whose announcements fill the pool; empty where its servers are listed
 * @param servers those that are listed
 * @param algorithm how one is chosen
 * @param check how they are asked whether they are well
 * @param maxInFlight requests under way at one server, over all event loops, at which no more are sent there; 0 for any number
 * @param queue where requests wait while no server can take them
 * @param slowStart how long a newcomer, or one that came back, is sent less than its share; zero for never
 * @param pipelining requests without a body that may be under way on one connection; 0 for one at a time
 * @param timeouts how long is waited for a server
 * @param resolve how often its servers' names are resolved
 * @param failures how it reacts to failed requests
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
        FailureSettings failures) {

    /** Whether its servers are checked. */
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

        /** As settings and statistics say it. */
        public String word() {
            return word;
        }
    }

    /**
     * Where requests wait.
     *
     * @param limit how many at most, over all event loops; 0 for none
     * @param timeout how long at most
     */
    public record Queue(int limit, Duration timeout) {}

    /**
     * How long is waited for a server.
     *
     * @param connect until it accepts a connection
     * @param response from a whole request to the head of its response, and without a byte within a response; zero for any time
     * @param keepAlive how long an idle connection is used again, where the server does not say it; zero for never
     */
    public record Timeouts(Duration connect, Duration response, Duration keepAlive) {

        /** What holds where nothing is said. */
        public static final Timeouts DEFAULT =
                // Idle for less than the five seconds after which Node.js, Apache and others close one without saying
                // so.
                new Timeouts(Duration.ofSeconds(3), Duration.ofSeconds(60), Duration.ofSeconds(4));

        private static Timeouts read(SettingsReader reader, String section, Timeouts byDefault) {
            return new Timeouts(
                    reader.duration(
                            section + "connect-timeout",
                            Duration.ofMillis(10),
                            Duration.ofMinutes(5),
                            byDefault.connect()),
                    reader.duration(
                            section + "response-timeout", Duration.ZERO, Duration.ofHours(24), byDefault.response()),
                    reader.duration(section + "keep-alive", Duration.ZERO, Duration.ofHours(1), byDefault.keepAlive()));
        }
    }

    /**
     * How often names are resolved: when their time to live is over, within bounds.
     *
     * @param min not sooner; what has no time to live, as a line in a file of hosts, is resolved as often
     * @param max not later
     */
    public record Resolve(Duration min, Duration max) {

        /** What holds where nothing is said. */
        public static final Resolve DEFAULT = new Resolve(Duration.ofSeconds(5), Duration.ofSeconds(60));

        /** A time to live within the bounds. */
        public Duration within(Duration timeToLive) {
            Duration atLeast = timeToLive.compareTo(min) < 0 ? min : timeToLive;
            return atLeast.compareTo(max) > 0 ? max : atLeast;
        }

        /** Where only one bound is given, the default of the other gives way. */
        private static Resolve read(SettingsReader reader, String section, Resolve byDefault) {
            String maxKey = section + "resolve.max";
            Duration max = reader.duration(maxKey, Duration.ofMillis(100), Duration.ofHours(24), byDefault.max());
            Duration min = reader.duration(
                    section + "resolve.min",
                    Duration.ofMillis(100),
                    Duration.ofHours(1),
                    byDefault.min().compareTo(max) < 0 ? byDefault.min() : max);
            if (max.compareTo(min) < 0) {
                if (reader.optionalText(maxKey).isPresent()) {
                    reader.fault(maxKey, "no less than resolve.min");
                }
                max = min;
            }
            return new Resolve(min, max);
        }
    }

    private static final Map<String, Algorithm> ALGORITHMS = Arrays.stream(Algorithm.values())
            .collect(Collectors.toUnmodifiableMap(Algorithm::word, Function.identity()));
    private static final Map<String, NodeRole> ROLES = Map.of("converter", NodeRole.CONVERTER);

    private static final Queue QUEUE = new Queue(1000, Duration.ofSeconds(2));
    private static final Duration SLOW_START = Duration.ofSeconds(10);
    private static final int MAX_SERVERS = 1000;

    /** As many as an own converter takes on one connection before the first is answered. */
    private static final int OWN_PIPELINING = 64;

    /** The pool of the converters, which is there in every cluster. */
    static PoolSettings converters(String name) {
        return new PoolSettings(
                name,
                Optional.of(NodeRole.CONVERTER),
                List.of(),
                Algorithm.LEAST_CONNECTIONS,
                CheckSettings.OF_OWN_NODES,
                0,
                QUEUE,
                SLOW_START,
                OWN_PIPELINING,
                Timeouts.DEFAULT,
                Resolve.DEFAULT,
                FailureSettings.DEFAULT);
    }

    /** A pool of servers of which nothing else is said. */
    static PoolSettings others(String name) {
        return new PoolSettings(
                name,
                Optional.empty(),
                List.of(),
                Algorithm.LEAST_CONNECTIONS,
                CheckSettings.OF_OTHERS,
                0,
                QUEUE,
                SLOW_START,
                0,
                Timeouts.DEFAULT,
                Resolve.DEFAULT,
                FailureSettings.DEFAULT);
    }

    /**
     * Reads a pool.
     *
     * @param section what its keys begin with, the dot included; empty for an item of a list
     * @param byDefault what holds where nothing is said
     */
    static PoolSettings read(SettingsReader reader, String section, PoolSettings byDefault) {
        List<String> written = reader.texts(section + "servers", List.of());
        List<ServerSettings> servers = servers(reader, section + "servers", written);
        Optional<NodeRole> discover = reader.optionalOneOf(section + "discover", ROLES);
        if (discover.isPresent() && !servers.isEmpty()) {
            reader.fault(section + "discover", "either discover or servers");
        }
        PoolSettings base = byDefault;
        if (discover.isPresent() && byDefault.discover().isEmpty()) {
            base = converters(byDefault.name());
        } else if (!servers.isEmpty() && byDefault.discover().isPresent()) {
            base = others(byDefault.name());
        }
        if (written.isEmpty() && base.discover().isEmpty()) {
            // An item is a port of TCP, for which nothing is discovered.
            String or = section.isEmpty() ? "" : ", or discover: converter";
            reader.fault(section + "servers", "at least one server, as [\"127.0.0.1:9101\"]" + or);
        }
        return new PoolSettings(
                base.name(),
                base.discover(),
                servers,
                reader.oneOf(section + "algorithm", ALGORITHMS, base.algorithm()),
                CheckSettings.read(reader, section + "check", base.check()),
                reader.number(section + "max-in-flight", 0, 1_000_000, base.maxInFlight()),
                new Queue(
                        reader.number(
                                section + "queue.limit",
                                0,
                                1_000_000,
                                base.queue().limit()),
                        reader.duration(
                                section + "queue.timeout",
                                Duration.ofMillis(10),
                                Duration.ofMinutes(5),
                                base.queue().timeout())),
                reader.duration(section + "slow-start", Duration.ZERO, Duration.ofHours(1), base.slowStart()),
                reader.number(section + "pipelining", 0, 1000, base.pipelining()),
                Timeouts.read(reader, section, base.timeouts()),
                Resolve.read(reader, section, base.resolve()),
                FailureSettings.read(reader, section, base.failures()));
    }

    private static List<ServerSettings> servers(SettingsReader reader, String key, List<String> written) {
        List<ServerSettings> servers = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < written.size(); i++) {
            Optional<ServerSettings> server = ServerSettings.parse(written.get(i));
            if (server.isPresent() && ids.add(server.get().id())) {
                servers.add(server.get());
            } else {
                reader.fault(
                        key,
                        "[" + i + "]",
                        Optional.of(written.get(i)),
                        server.isPresent() ? "each server once" : ServerSettings.EXPECTED);
            }
        }
        if (servers.size() > MAX_SERVERS) {
            reader.fault(key, "at most " + MAX_SERVERS + " servers");
        }
        return List.copyOf(servers);
    }
}
