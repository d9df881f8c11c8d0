package io.ratemesh.benchmarks.idle;

import io.ratemesh.benchmarks.load.LoadPlan;
import io.ratemesh.benchmarks.load.Wrk;
import io.ratemesh.benchmarks.peer.Contenders.Started;
import io.ratemesh.benchmarks.peer.RatemeshBalancer;
import io.ratemesh.benchmarks.process.PausedProcess;
import io.ratemesh.benchmarks.process.ServerProcess;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Burdens one front door after the other, and looks at its memory. */
final class IdleRun {

    private static final int USUAL_CONNECTIONS = 64;
    private static final Duration SETTLING = Duration.ofSeconds(3);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final IdlePlan plan;
    private final PrintStream progress;

    IdleRun(IdlePlan plan, PrintStream progress) {
        this.plan = plan;
        this.progress = progress;
    }

    MemoryUse weigh(Started one) {
        ServerProcess server = one.server();
        progress.println(one.name());
        // A JVM that is cold grows by what it compiles, which is no matter of connections.
        Wrk.run(new LoadPlan(RatemeshBalancer.TARGET, USUAL_CONNECTIONS), server.port(), plan.warmUp());
        long before = settled(server);
        long idle;
        Active active;
        long open;
        try (IdleConnections crowd = new IdleConnections(RatemeshBalancer.TARGET)) {
            crowd.connect(server.port(), plan.idle());
            idle = settled(server);
            active = load(server);
            open = crowd.open();
        }
        return new MemoryUse(one.name(), before, idle, active.most(), settled(server), open, active.perSecond());
    }

    /**
     * What the active ones did.
     *
     * @param most bytes that were resident meanwhile
     */
    private record Active(long most, double perSecond) {}

    private Active load(ServerProcess server) {
        CompletableFuture<Wrk.Load> load = CompletableFuture.supplyAsync(
                () -> Wrk.run(new LoadPlan(RatemeshBalancer.TARGET, plan.active()), server.port(), plan.seconds()));
        long most = 0;
        while (!load.isDone()) {
            most = Math.max(most, server.usage().residentBytes());
            PausedProcess.of(LOOK);
        }
        try {
            return new Active(most, load.join().perSecond());
        } catch (CompletionException e) {
            throw new IllegalStateException("the active connections: " + e.getCause(), e);
        }
    }

    private static long settled(ServerProcess server) {
        PausedProcess.of(SETTLING);
        return server.usage().residentBytes();
    }
}
