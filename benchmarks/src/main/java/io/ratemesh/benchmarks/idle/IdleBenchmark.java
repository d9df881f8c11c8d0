package io.ratemesh.benchmarks.idle;

import io.ratemesh.benchmarks.cluster.Services;
import io.ratemesh.benchmarks.command.BenchmarkCommand;
import io.ratemesh.benchmarks.command.Outcome;
import io.ratemesh.benchmarks.command.ProxyOptions;
import io.ratemesh.benchmarks.load.ConnectionGroup;
import io.ratemesh.benchmarks.load.Wrk;
import io.ratemesh.benchmarks.peer.Contenders;
import io.ratemesh.benchmarks.peer.Haproxy;
import io.ratemesh.benchmarks.peer.RatemeshBalancer;
import io.ratemesh.benchmarks.peer.Stubs;
import io.ratemesh.benchmarks.process.Machine;
import io.ratemesh.benchmarks.process.RunFolder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line: exit code 0 where ours kept all idle connections, 1 where not, 2 for wrong usage. */
@Command(
        name = "ratemesh bench idle",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Opens thousands of connections to our front door and to HAProxy and looks at their memory.")
public final class IdleBenchmark extends BenchmarkCommand {

    /** Longer than any run. */
    private static final Duration KEEP_ALIVE = Duration.ofHours(1);

    private static final int SPARE = 100;

    @Option(names = "--idle", paramLabel = "N", description = "connections that ask once and stay (${DEFAULT-VALUE})")
    private int idle = 10_000;

    @Option(names = "--active", paramLabel = "N", description = "connections that ask all the time (${DEFAULT-VALUE})")
    private int active = 1000;

    @Option(names = "--seconds", paramLabel = "M", description = "how long those do (${DEFAULT-VALUE})")
    private int seconds = 15;

    @Option(names = "--warm-up", paramLabel = "M", description = "seconds of load on each before (${DEFAULT-VALUE})")
    private int warmUp = 20;

    @Mixin
    private ProxyOptions door = new ProxyOptions();

    private IdleBenchmark() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new IdleBenchmark()).execute(arguments));
    }

    @Override
    protected void check() {
        checkDoor(door);
        requireSome("--idle", idle);
        requireSome("--active", active);
        requireSome("--seconds", seconds);
        requireSome("--warm-up", warmUp);
        require(
                (long) idle + active <= ConnectionGroup.MOST,
                "--idle and --active: " + ((long) idle + active) + " (expected: at most " + ConnectionGroup.MOST + ")");
        // Each active one may have one to an upstream.
        requireFiles(idle + 2L * active);
    }

    @Override
    protected String title() {
        return Machine.text();
    }

    @Override
    protected Outcome run(Services services) {
        Wrk.require();
        IdlePlan plan = new IdlePlan(idle, active, seconds, warmUp);
        return RunFolder.use(door.keep(), folder -> measure(services, plan, folder));
    }

    private Outcome measure(Services services, IdlePlan plan, RunFolder folder) {
        Services patient = services.with("balancer.limits.keep-alive=" + KEEP_ALIVE.toSeconds() + "s");
        try (Stubs stubs = Stubs.start(Stubs.USUAL, folder);
                Contenders lineup = Contenders.start(
                        List.of(
                                new Haproxy(stubs.ports(), true, idle + active + SPARE, KEEP_ALIVE),
                                RatemeshBalancer.proxy(patient, door.loops(), stubs.ports(), RatemeshBalancer.PATH)),
                        folder,
                        RatemeshBalancer.TARGET)) {
            IdleRun run = new IdleRun(plan, System.out);
            List<MemoryUse> weights = new ArrayList<>();
            lineup.all().forEach(one -> weights.add(run.weigh(one)));
            IdleReport report = new IdleReport(plan, lineup.says(), weights);
            return new Outcome(report.lines(), report.allStayed());
        }
    }
}
