package io.ratemesh.benchmarks.jmh;

import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.loadbalance.PoolOnLoop;
import io.ratemesh.balancer.loadbalance.SelectionContext;
import io.ratemesh.balancer.upstream.CheckResult;
import io.ratemesh.balancer.upstream.CheckResult.Outcome;
import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import io.ratemesh.node.settings.CheckSettings;
import io.ratemesh.node.settings.FailureSettings;
import io.ratemesh.node.settings.PoolSettings;
import io.ratemesh.node.settings.PoolSettings.Algorithm;
import io.ratemesh.node.settings.ServerSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The choice of an upstream by least connections, with the counting of the request that begins and of the one that ends: 64 requests
 * are always under way.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class UpstreamPickBenchmark {

    private static final int IN_FLIGHT = 64;

    /** A request without earlier attempts. */
    private static final SelectionContext REQUEST = new SelectionContext() {
        @Override
        public boolean hasTried(UpstreamOnLoop server) {
            return false;
        }

        @Override
        public int sourceHash() {
            return 0;
        }

        @Override
        public int uriHash() {
            return 0;
        }
    };

    @Param({"3", "100", "1000"})
    public int servers;

    private PoolOnLoop pool = new PoolOnLoop(new Pool(settings(), System::nanoTime));
    private final Deque<UpstreamOnLoop> inFlight = new ArrayDeque<>();

    @Setup
    public void setUp() {
        Pool all = new Pool(settings(), System::nanoTime);
        for (int i = 0; i < servers; i++) {
            all.add("server-" + i, new ServerSettings("127.0.0.1", 1 + i, 1, false))
                    .checkCompleted(new CheckResult(Instant.EPOCH, Outcome.EXPECTED_STATUS, 200, Duration.ZERO, ""));
        }
        pool = new PoolOnLoop(all);
        for (int i = 0; i < IN_FLIGHT; i++) {
            begin();
        }
    }

    @Benchmark
    public UpstreamOnLoop pick() {
        inFlight.remove().end();
        return begin();
    }

    private UpstreamOnLoop begin() {
        UpstreamOnLoop server = Objects.requireNonNull(pool.choose(REQUEST));
        server.begin();
        inFlight.add(server);
        return server;
    }

    private static PoolSettings settings() {
        return new PoolSettings(
                "servers",
                Optional.empty(),
                List.of(),
                Algorithm.LEAST_CONNECTIONS,
                new CheckSettings(
                        CheckSettings.Kind.HTTP,
                        "/health",
                        new CheckSettings.Statuses(200, 299),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        2,
                        3),
                0,
                new PoolSettings.Queue(0, Duration.ofSeconds(2)),
                Duration.ZERO,
                0,
                PoolSettings.Timeouts.DEFAULT,
                PoolSettings.Resolve.DEFAULT,
                FailureSettings.DEFAULT);
    }
}
