package io.ratemesh.benchmarks.idle;

import io.ratemesh.benchmarks.cluster.ServiceBuild;
import io.ratemesh.benchmarks.contender.Contender;
import io.ratemesh.benchmarks.contender.ContenderBenchmark;
import io.ratemesh.benchmarks.contender.Contenders;
import io.ratemesh.benchmarks.contender.Contenders.Started;
import io.ratemesh.benchmarks.contender.Haproxy;
import io.ratemesh.benchmarks.contender.RatemeshBalancer;
import io.ratemesh.benchmarks.load.ConnectionGroup;
import io.ratemesh.benchmarks.load.LoadPlan;
import io.ratemesh.benchmarks.load.Wrk;
import io.ratemesh.benchmarks.process.Delay;
import io.ratemesh.benchmarks.process.ProgressLine;
import io.ratemesh.benchmarks.process.RunFolder;
import io.ratemesh.benchmarks.process.ServerProcess;
import io.ratemesh.benchmarks.report.Report;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench idle}. */
@Command(name = "idle", description = "Measures the memory of idle connections to the balancer and to HAProxy.")
public final class IdleBenchmark extends ContenderBenchmark {

    /** Longer than the benchmark. */
    private static final Duration KEEP_ALIVE = Duration.ofHours(1);

    private static final int SPARE_CONNECTIONS = 100;
    private static final int WARM_UP_CONNECTIONS = 64;
    private static final Duration SETTLE_TIME = Duration.ofSeconds(3);
    private static final Duration SAMPLE_INTERVAL = Duration.ofMillis(100);

    @Option(
            names = "--idle",
            paramLabel = "N",
            description = "Connections that send one request and stay open (${DEFAULT-VALUE}).")
    private int idle = 10_000;

    @Option(names = "--active", paramLabel = "N", description = "Connections that are loaded (${DEFAULT-VALUE}).")
    private int active = 1000;

    @Option(names = "--seconds", paramLabel = "M", description = "Seconds of that load (${DEFAULT-VALUE}).")
    private int seconds = 15;

    @Option(
            names = "--warm-up",
            paramLabel = "M",
            description = "Seconds of load on each contender before (${DEFAULT-VALUE}).")
    private int warmUp = 20;

    @Override
    protected void validate() {
        long all = (long) idle + active;
        require(
                all <= ConnectionGroup.MAX_CONNECTIONS,
                "--idle and --active: " + all + " connections are too many; use at most "
                        + ConnectionGroup.MAX_CONNECTIONS);
        // Each active connection may have one to an upstream.
        requireFileDescriptors(idle + 2L * active);
    }

    @Override
    protected List<Contender> contenders(ServiceBuild services, List<Integer> upstreams, RunFolder folder) {
        ServiceBuild keepAlive = services.with("balancer.limits.keep-alive=" + KEEP_ALIVE.toSeconds() + "s");
        return List.of(
                new Haproxy(Haproxy.Mode.HTTP, upstreams, idle + active + SPARE_CONNECTIONS, KEEP_ALIVE),
                RatemeshBalancer.proxy(keepAlive, loops(), upstreams));
    }

    @Override
    protected Report measure(Contenders contenders, RunFolder folder) {
        List<MemoryUse> results = contenders.all().stream().map(this::measure).toList();
        return new IdleReport(contenders.descriptions(), idle, active, results);
    }

    private MemoryUse measure(Started one) {
        ProgressLine.print(one.name());
        ServerProcess server = one.server();
        // The memory of a cold JVM grows by compiled code.
        ProgressLine.step("warm-up");
        Wrk.run(new LoadPlan(RatemeshBalancer.TARGET, WARM_UP_CONNECTIONS), server.port(), warmUp);
        long before = settledBytes(server);
        long withIdle;
        ActiveLoad load;
        long open;
        try (IdleConnections connections = new IdleConnections(RatemeshBalancer.TARGET)) {
            ProgressLine.step("opening " + idle + " idle connections");
            connections.connect(server.port(), idle);
            withIdle = settledBytes(server);
            ProgressLine.step("load on " + active + " other connections");
            load = load(server);
            open = connections.open();
        }
        return new MemoryUse(
                one.name(), before, withIdle, load.mostBytes(), settledBytes(server), open, load.perSecond());
    }

    /** The load of the active connections, and the largest resident memory during it. */
    private record ActiveLoad(long mostBytes, double perSecond) {}

    private ActiveLoad load(ServerProcess server) {
        CompletableFuture<Wrk.Load> load = CompletableFuture.supplyAsync(
                () -> Wrk.run(new LoadPlan(RatemeshBalancer.TARGET, active), server.port(), seconds));
        long most = 0;
        while (!load.isDone()) {
            most = Math.max(most, server.usage().residentBytes());
            Delay.sleep(SAMPLE_INTERVAL);
        }
        try {
            return new ActiveLoad(most, load.join().perSecond());
        } catch (CompletionException e) {
            throw new IllegalStateException("load of the active connections: " + e.getCause(), e);
        }
    }

    private static long settledBytes(ServerProcess server) {
        Delay.sleep(SETTLE_TIME);
        return server.usage().residentBytes();
    }
}
