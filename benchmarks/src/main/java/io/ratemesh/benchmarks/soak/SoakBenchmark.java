package io.ratemesh.benchmarks.soak;

import io.ratemesh.benchmarks.cluster.Services;
import io.ratemesh.benchmarks.command.BenchmarkCommand;
import io.ratemesh.benchmarks.command.Outcome;
import io.ratemesh.benchmarks.command.ProxyOptions;
import io.ratemesh.benchmarks.load.Wrk;
import io.ratemesh.benchmarks.peer.Contenders;
import io.ratemesh.benchmarks.peer.RatemeshBalancer;
import io.ratemesh.benchmarks.peer.Stubs;
import io.ratemesh.benchmarks.process.Machine;
import io.ratemesh.benchmarks.process.RunFolder;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line: exit code 0 where its memory did not grow, 1 where it did, 2 for wrong usage. */
@Command(
        name = "ratemesh bench soak",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Sends millions of requests through our front door and looks at its memory.")
public final class SoakBenchmark extends BenchmarkCommand {

    /** All of the heap is resident from the start: what grows then is not garbage that waits, but kept. */
    private static final String[] TOUCHED_HEAP = {"-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch"};

    @Option(names = "--requests", paramLabel = "N", description = "how many (${DEFAULT-VALUE})")
    private long requests = 20_000_000;

    @Option(names = "--connections", paramLabel = "N", description = "how many at a time (${DEFAULT-VALUE})")
    private int connections = 64;

    @Option(
            names = "--seconds",
            paramLabel = "M",
            description = "of a slice, after each of which memory is looked at (${DEFAULT-VALUE})")
    private int seconds = 5;

    @Mixin
    private ProxyOptions door = new ProxyOptions();

    private SoakBenchmark() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SoakBenchmark()).execute(arguments));
    }

    @Override
    protected void check() {
        checkDoor(door);
        requireSome("--requests", requests);
        requireSome("--connections", connections);
        requireSome("--seconds", seconds);
    }

    @Override
    protected String title() {
        return Machine.text();
    }

    @Override
    protected Outcome run(Services services) {
        Wrk.require();
        return RunFolder.use(door.keep(), folder -> measure(services.withBalancerOptions(TOUCHED_HEAP), folder));
    }

    private Outcome measure(Services services, RunFolder folder) {
        SoakPlan plan = new SoakPlan(requests, connections, seconds);
        try (Stubs stubs = Stubs.start(Stubs.USUAL, folder)) {
            RatemeshBalancer ours =
                    RatemeshBalancer.proxy(services, door.loops(), stubs.ports(), RatemeshBalancer.PATH);
            try (Contenders lineup = Contenders.start(List.of(ours), folder, RatemeshBalancer.TARGET)) {
                SoakReport report = new SoakRun(
                                plan, lineup.all().get(0).server(), ours.statsPort(), folder.of("load"), System.out)
                        .run(lineup.says());
                return new Outcome(report.lines(), report.clean());
            }
        }
    }
}
