package io.ratemesh.balancer.stats;

import io.ratemesh.balancer.pool.CheckOutcome;
import io.ratemesh.balancer.pool.CheckOutcome.Finding;
import io.ratemesh.balancer.pool.Pool;
import io.ratemesh.balancer.pool.PoolFixture;
import io.ratemesh.balancer.pool.PoolOnLoop;
import io.ratemesh.balancer.pool.Upstream;
import io.ratemesh.balancer.pool.UpstreamOnLoop;
import io.ratemesh.balancer.proxy.FrontDoorCounts;
import io.ratemesh.balancer.tcp.TcpPort;
import io.ratemesh.balancer.tcp.TcpSnapshot;
import io.ratemesh.balancer.tcp.TcpTraffic;
import io.ratemesh.node.NodeRole;
import io.ratemesh.node.NodeState;
import io.ratemesh.node.announce.Announcement;
import io.ratemesh.node.announce.Load;
import io.ratemesh.node.settings.BalancerSettings.Listen;
import io.ratemesh.node.settings.CheckSettings;
import io.ratemesh.node.settings.PoolSettings;
import io.ratemesh.node.settings.ServerSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Two pools behind one front door of two event loops, and one behind a port of TCP, with a time that tests let pass. */
final class StatsFixture {

    static final Instant NOW = Instant.parse("2026-07-06T14:00:10Z");

    long nanos = 1_000_000_000_000L;
    final Pool converters = new Pool(PoolFixture.PLAIN, () -> nanos);
    final Pool web = new Pool(unchecked("web"), () -> nanos);
    final PoolOnLoop loopOne = new PoolOnLoop(converters);
    final PoolOnLoop loopTwo = new PoolOnLoop(converters);
    final FrontDoorCounts countsOne = new FrontDoorCounts();
    final FrontDoorCounts countsTwo = new FrontDoorCounts();
    final FrontListener listener = new FrontListener("front-door", () -> 20_000, List.of(countsOne, countsTwo));
    final LoopLag lag = new LoopLag(() -> nanos);
    final Pool db = new Pool(unchecked("db"), () -> nanos);
    final PoolOnLoop dbLoop = new PoolOnLoop(db);
    TcpTraffic traffic = TcpTraffic.NONE;
    final Stats stats = new Stats(
            () -> List.of(converters, web),
            List.of(new Port()),
            List.of(listener),
            List.of(lag),
            InstantSource.fixed(NOW));
    final Trends trends = new Trends();

    /** A port of TCP whose traffic is what a test says. */
    private final class Port implements TcpPort {

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

    Upstream up(String id) {
        Upstream upstream = converters.add(id, new ServerSettings("127.0.0.1", 9101, 1, false));
        upstream.checked(passed());
        loopOne.sweep();
        loopTwo.sweep();
        return upstream;
    }

    static UpstreamOnLoop on(PoolOnLoop loop, Upstream upstream) {
        return loop.members().stream()
                .filter(member -> member.upstream() == upstream)
                .findFirst()
                .orElseThrow();
    }

    List<String> csv() {
        return StatsCsv.write(stats.snapshot(), trends).lines().toList();
    }

    /** The value in a row, by the names of row and column. */
    String value(String proxy, String server, String column) {
        List<String> columns = List.of(CsvRow.HEADER.substring(2).split(",", -1));
        return csv().stream()
                .map(line -> line.split(",", -1))
                .filter(row -> row[0].equals(proxy) && row[1].equals(server))
                .findFirst()
                .orElseThrow()[columns.indexOf(column)];
    }

    void pass(Duration time) {
        nanos += time.toNanos();
    }

    void look() {
        trends.look(stats.snapshot(), nanos);
    }

    static CheckOutcome passed() {
        return new CheckOutcome(NOW, Finding.EXPECTED_STATUS, 200, Duration.ofMillis(2), "");
    }

    static CheckOutcome failed() {
        return new CheckOutcome(NOW, Finding.OTHER_STATUS, 503, Duration.ofMillis(3), "status 503, \"busy\"");
    }

    /** What the balancer says of itself. */
    static Announcement self() {
        return new Announcement(
                "balancer-1",
                "member",
                NodeRole.BALANCER,
                "127.0.0.1",
                8080,
                NodeState.READY,
                0,
                new Load(0, 0, 0, 0, 0, 0),
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
                PoolSettings.Resolve.DEFAULT);
    }
}
