package io.ratemesh.balancer.loadbalance;

import io.ratemesh.balancer.upstream.CheckResult;
import io.ratemesh.balancer.upstream.CheckResult.Outcome;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import io.ratemesh.node.NodeRole;
import io.ratemesh.node.settings.AffinitySettings;
import io.ratemesh.node.settings.AgentSettings;
import io.ratemesh.node.settings.CheckSettings;
import io.ratemesh.node.settings.ConnectionSettings;
import io.ratemesh.node.settings.DnsSettings;
import io.ratemesh.node.settings.FailureSettings;
import io.ratemesh.node.settings.HttpCheckSettings;
import io.ratemesh.node.settings.PoolSettings;
import io.ratemesh.node.settings.PoolSettings.Algorithm;
import io.ratemesh.node.settings.ServerSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Pools for tests with a clock of their own. */
public final class PoolFixture {

    public static final int RISE = 2;
    public static final int FALL = 3;

    /** Checked over HTTP, without slow start and without limits. */
    public static final PoolSettings PLAIN = new PoolSettings(
            "servers",
            Optional.of(NodeRole.CONVERTER),
            List.of(),
            Algorithm.LEAST_CONNECTIONS,
            new CheckSettings(
                    CheckSettings.Kind.HTTP,
                    "/health",
                    new CheckSettings.Statuses(200, 299),
                    Duration.ofSeconds(1),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(1),
                    RISE,
                    FALL),
            0,
            new PoolSettings.Queue(1000, Duration.ofSeconds(2)),
            Duration.ZERO,
            0,
            PoolSettings.Timeouts.DEFAULT,
            PoolSettings.Resolve.DEFAULT,
            FailureSettings.DEFAULT);

    public long now = 1_000_000_000_000L;
    public final Pool pool;
    final PoolOnLoop loop;

    public PoolFixture(PoolSettings settings) {
        pool = new Pool(settings, () -> now);
        loop = new PoolOnLoop(pool);
    }

    /** A pool without servers, with the clock of the JVM. */
    public static Pool plain(String name) {
        PoolSettings named = new PoolSettings(
                name,
                PLAIN.discover(),
                PLAIN.servers(),
                PLAIN.algorithm(),
                PLAIN.check(),
                PLAIN.maxInFlight(),
                PLAIN.queue(),
                PLAIN.slowStart(),
                PLAIN.pipelining(),
                PLAIN.timeouts(),
                PLAIN.resolve(),
                PLAIN.failures());
        return new Pool(named, System::nanoTime);
    }

    /** Adds a server on this machine that has passed its first check. */
    public static Upstream up(Pool pool, String id, int port) {
        Upstream upstream = pool.add(id, new ServerSettings("127.0.0.1", port, 1, false));
        upstream.checkCompleted(passed());
        return upstream;
    }

    public static CheckResult passed() {
        return new CheckResult(Instant.EPOCH, Outcome.EXPECTED_STATUS, 200, Duration.ofMillis(2), "");
    }

    public static CheckResult failed() {
        return new CheckResult(Instant.EPOCH, Outcome.UNEXPECTED_STATUS, 503, Duration.ofMillis(2), "status 503");
    }

    /** The result of a check without a response. */
    public static CheckResult timedOut() {
        return new CheckResult(Instant.EPOCH, Outcome.RESPONSE_TIMEOUT, 0, Duration.ofSeconds(1), "nothing");
    }

    public static PoolSettings with(Algorithm algorithm) {
        return new PoolSettings(
                PLAIN.name(),
                PLAIN.discover(),
                PLAIN.servers(),
                algorithm,
                PLAIN.check(),
                0,
                PLAIN.queue(),
                Duration.ZERO,
                0,
                PoolSettings.Timeouts.DEFAULT,
                PoolSettings.Resolve.DEFAULT,
                FailureSettings.DEFAULT);
    }

    /** The same with another response timeout. */
    public static PoolSettings with(PoolSettings old, Duration responseTimeout) {
        return new PoolSettings(
                old.name(),
                old.discover(),
                old.servers(),
                old.algorithm(),
                old.check(),
                old.maxInFlight(),
                old.queue(),
                old.slowStart(),
                old.pipelining(),
                new PoolSettings.Timeouts(
                        old.timeouts().connect(),
                        responseTimeout,
                        old.timeouts().keepAlive()),
                old.resolve(),
                old.failures());
    }

    /** The same with other connections and another check. */
    public static PoolSettings with(PoolSettings old, ConnectionSettings connection, CheckSettings check) {
        return new PoolSettings(
                old.name(),
                old.discover(),
                old.servers(),
                old.algorithm(),
                check,
                old.maxInFlight(),
                old.queue(),
                old.slowStart(),
                old.pipelining(),
                old.timeouts(),
                old.resolve(),
                old.failures(),
                connection,
                old.affinity(),
                old.dns());
    }

    public static PoolSettings with(CheckSettings.Kind kind) {
        CheckSettings check = PLAIN.check();
        return new PoolSettings(
                PLAIN.name(),
                PLAIN.discover(),
                PLAIN.servers(),
                PLAIN.algorithm(),
                new CheckSettings(
                        kind,
                        check.path(),
                        check.expected(),
                        check.interval(),
                        check.fastInterval(),
                        check.timeout(),
                        RISE,
                        FALL),
                0,
                PLAIN.queue(),
                Duration.ZERO,
                0,
                PoolSettings.Timeouts.DEFAULT,
                PoolSettings.Resolve.DEFAULT,
                FailureSettings.DEFAULT);
    }

    public static PoolSettings withSlowStart(Duration slowStart) {
        return new PoolSettings(
                PLAIN.name(),
                PLAIN.discover(),
                PLAIN.servers(),
                PLAIN.algorithm(),
                PLAIN.check(),
                0,
                PLAIN.queue(),
                slowStart,
                0,
                PoolSettings.Timeouts.DEFAULT,
                PoolSettings.Resolve.DEFAULT,
                FailureSettings.DEFAULT);
    }

    static PoolSettings withLimit(Algorithm algorithm, int maxInFlight, int queue) {
        return new PoolSettings(
                PLAIN.name(),
                PLAIN.discover(),
                PLAIN.servers(),
                algorithm,
                PLAIN.check(),
                maxInFlight,
                new PoolSettings.Queue(queue, Duration.ofSeconds(2)),
                Duration.ZERO,
                0,
                PoolSettings.Timeouts.DEFAULT,
                PoolSettings.Resolve.DEFAULT,
                FailureSettings.DEFAULT);
    }

    /** The same with other settings for failures. */
    public static PoolSettings with(FailureSettings failures) {
        return new PoolSettings(
                PLAIN.name(),
                PLAIN.discover(),
                PLAIN.servers(),
                PLAIN.algorithm(),
                PLAIN.check(),
                0,
                PLAIN.queue(),
                Duration.ZERO,
                0,
                PoolSettings.Timeouts.DEFAULT,
                PoolSettings.Resolve.DEFAULT,
                failures);
    }

    /** With agents, each asked every 100 ms; checks are over HTTP, as in {@link #PLAIN}, and as frequent. */
    public static PoolSettings withAgent(int port) {
        CheckSettings check = PLAIN.check();
        return with(
                PLAIN,
                ConnectionSettings.PLAIN,
                new CheckSettings(
                        check.kind(),
                        check.path(),
                        check.expected(),
                        Duration.ofMillis(100),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        RISE,
                        FALL,
                        HttpCheckSettings.DEFAULT,
                        Optional.of(new AgentSettings(port, Duration.ofMillis(100)))));
    }

    /** Filled by DNS, which is asked every 100 ms at least, and without a queue. */
    public static PoolSettings withDns(DnsSettings dns) {
        return new PoolSettings(
                PLAIN.name(),
                Optional.empty(),
                List.of(),
                PLAIN.algorithm(),
                PLAIN.check(),
                0,
                new PoolSettings.Queue(0, Duration.ofSeconds(2)),
                Duration.ZERO,
                0,
                PoolSettings.Timeouts.DEFAULT,
                new PoolSettings.Resolve(Duration.ofMillis(100), Duration.ofSeconds(60)),
                FailureSettings.DEFAULT,
                ConnectionSettings.PLAIN,
                AffinitySettings.NONE,
                Optional.of(dns));
    }

    /** With these servers, such as {@code a*2} for weight 2. */
    public static PoolSettings listing(String... servers) {
        return new PoolSettings(
                PLAIN.name(),
                Optional.empty(),
                java.util.Arrays.stream(servers).map(PoolFixture::server).toList(),
                PLAIN.algorithm(),
                PLAIN.check(),
                0,
                PLAIN.queue(),
                Duration.ZERO,
                0,
                PoolSettings.Timeouts.DEFAULT,
                PoolSettings.Resolve.DEFAULT,
                FailureSettings.DEFAULT);
    }

    private static ServerSettings server(String idAndWeight) {
        String[] parts = idAndWeight.split("\\*");
        return new ServerSettings(parts[0], 80, parts.length == 1 ? 1 : Integer.parseInt(parts[1]), false);
    }

    public Upstream up(String id) {
        return up(id, 1);
    }

    public Upstream up(String id, int weight) {
        return checkedOnce(id, weight, false);
    }

    Upstream backup(String id) {
        return checkedOnce(id, 1, true);
    }

    private Upstream checkedOnce(String id, int weight, boolean backup) {
        Upstream upstream = pool.add(id, new ServerSettings("127.0.0.1", 80, weight, backup));
        upstream.checkCompleted(passed());
        return upstream;
    }

    /** Marks an upstream down by checks with a response. */
    public void failChecks(Upstream upstream) {
        for (int i = 0; i < FALL; i++) {
            upstream.checkCompleted(failed());
        }
    }

    public void pass(Duration time) {
        now += time.toNanos();
        pool.tick();
        loop.tick();
    }

    /** The server on the event loop. */
    public UpstreamOnLoop onLoop(String id) {
        loop.tick();
        return loop.members().stream()
                .filter(member -> member.upstream().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** How often each is selected while none has requests. */
    public Map<String, Integer> chosen(int times) {
        Map<String, Integer> counts = new TreeMap<>();
        for (int i = 0; i < times; i++) {
            counts.merge(choose(ANY), 1, Integer::sum);
        }
        return counts;
    }

    public String choose(SelectionContext request) {
        UpstreamOnLoop server = loop.choose(request);
        return server == null ? "none" : server.upstream().id();
    }

    /** A request without attempts. */
    public static final SelectionContext ANY = request(0, 0);

    static SelectionContext request(int source, int uri, UpstreamOnLoop... tried) {
        return new SelectionContext() {
            @Override
            public boolean hasTried(UpstreamOnLoop server) {
                return List.of(tried).contains(server);
            }

            @Override
            public int sourceHash() {
                return source;
            }

            @Override
            public int uriHash() {
                return uri;
            }
        };
    }
}
