package io.ratemesh.balancer.admin;

import io.ratemesh.balancer.listener.ConnectionLimit;
import io.ratemesh.balancer.listener.Listener;
import io.ratemesh.balancer.listener.ListenerCounts;
import io.ratemesh.balancer.listener.ListenerProtocol;
import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.loadbalance.PoolFixture;
import io.ratemesh.balancer.loadbalance.PoolOnLoop;
import io.ratemesh.balancer.stats.LoopLag;
import io.ratemesh.balancer.stats.RateTracker;
import io.ratemesh.balancer.stats.Stats;
import io.ratemesh.balancer.stats.csv.CsvRow;
import io.ratemesh.balancer.stats.csv.StatsCsv;
import io.ratemesh.balancer.tcp.TcpListenerStats;
import io.ratemesh.balancer.tcp.TcpSnapshot;
import io.ratemesh.balancer.tcp.TcpTotals;
import io.ratemesh.balancer.upstream.CheckResult;
import io.ratemesh.balancer.upstream.CheckResult.Outcome;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import io.ratemesh.node.NodeRole;
import io.ratemesh.node.NodeState;
import io.ratemesh.node.announce.Announcement;
import io.ratemesh.node.announce.Load;
import io.ratemesh.node.settings.BalancerSettings.Listen;
import io.ratemesh.node.settings.CheckSettings;
import io.ratemesh.node.settings.FailureSettings;
import io.ratemesh.node.settings.PoolSettings;
import io.ratemesh.node.settings.ServerSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Two HTTP pools behind a listener on two event loops, a TCP port with its pool, and a clock that tests advance. */
public final class StatsFixture {

    static final Instant NOW = Instant.parse("2026-07-06T14:00:10Z");

    long nanos = 1_000_000_000_000L;
    final Pool converters = new Pool(PoolFixture.PLAIN, () -> nanos);
    final Pool web = new Pool(unchecked("web"), () -> nanos);
    public final PoolOnLoop loopOne = new PoolOnLoop(converters);
    public final PoolOnLoop loopTwo = new PoolOnLoop(converters);
    final Listener listener = new Listener(
            "front-door", ListenerProtocol.HTTP, new Listen("0.0.0.0", 8080), false, new ConnectionLimit(20_000, 0));
    public final ListenerCounts countsOne = listener.addLoop();
    public final ListenerCounts countsTwo = listener.addLoop();
    final LoopLag lag = new LoopLag(() -> nanos);
    public final Pool db = new Pool(unchecked("db"), () -> nanos);
    public final PoolOnLoop dbLoop = new PoolOnLoop(db);
    public TcpTotals traffic = TcpTotals.NONE;
    final Stats stats = new Stats(
            () -> List.of(converters, web),
            List.of(new Port()),
            List.of(listener),
            List.of(lag),
            InstantSource.fixed(NOW));
    final RateTracker rates = new RateTracker();

    /** A TCP port with the traffic that a test sets. */
    private final class Port implements TcpListenerStats {

        @Override
        public String name() {
            return "db";
        }

        @Override
        public Pool pool() {
            return db;
        }

        @Override
        public TcpSnapshot snapshot() {
            return new TcpSnapshot("db", new Listen("0.0.0.0", 5432), true, 500, 7, 3, traffic, db.snapshot());
        }
    }

    public Upstream up(String id) {
        Upstream upstream = converters.add(id, new ServerSettings("127.0.0.1", 9101, 1, false));
        upstream.checkCompleted(passed());
        loopOne.tick();
        loopTwo.tick();
        return upstream;
    }

    static UpstreamOnLoop on(PoolOnLoop loop, Upstream upstream) {
        return loop.members().stream()
                .filter(member -> member.upstream() == upstream)
                .findFirst()
                .orElseThrow();
    }

    public List<String> csv() {
        return StatsCsv.write(stats.snapshot(), rates).lines().toList();
    }

    /** Returns a value by the names of its row and column. */
    public String value(String proxy, String server, String column) {
        List<String> columns = List.of(CsvRow.HEADER.substring(2).split(",", -1));
        return csv().stream()
                .map(line -> line.split(",", -1))
                .filter(row -> row[0].equals(proxy) && row[1].equals(server))
                .findFirst()
                .orElseThrow()[columns.indexOf(column)];
    }

    public void advance(Duration time) {
        nanos += time.toNanos();
    }

    public void sampleRates() {
        rates.sample(stats.snapshot(), nanos);
    }

    static CheckResult passed() {
        return new CheckResult(NOW, Outcome.EXPECTED_STATUS, 200, Duration.ofMillis(2), "");
    }

    static CheckResult failed() {
        return new CheckResult(NOW, Outcome.UNEXPECTED_STATUS, 503, Duration.ofMillis(3), "status 503, \"busy\"");
    }

    /** The announcement of the balancer. */
    static Announcement self() {
        return new Announcement(
                "balancer-1",
                "member",
                NodeRole.BALANCER,
                "127.0.0.1",
                8080,
                NodeState.READY,
                0,
                Load.NONE,
                "1.0",
                NOW.minusSeconds(60));
    }

    private static PoolSettings unchecked(String name) {
        CheckSettings plain = PoolFixture.PLAIN.check();
        CheckSettings none = new CheckSettings(
                CheckSettings.Kind.NONE,
                plain.path(),
                plain.expected(),
                plain.interval(),
                plain.fastInterval(),
                plain.timeout(),
                plain.rise(),
                plain.fall());
        return new PoolSettings(
                name,
                Optional.empty(),
                List.of(new ServerSettings("127.0.0.1", 9201, 3, false), new ServerSettings("::1", 9202, 1, true)),
                PoolSettings.Algorithm.ROUND_ROBIN,
                none,
                100,
                new PoolSettings.Queue(10, Duration.ofSeconds(2)),
                Duration.ZERO,
                0,
                PoolSettings.Timeouts.DEFAULT,
                PoolSettings.Resolve.DEFAULT,
                FailureSettings.DEFAULT);
    }
}
