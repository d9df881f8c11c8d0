package io.ratemesh.benchmarks.slow;

import io.ratemesh.benchmarks.cluster.Services;
import io.ratemesh.benchmarks.command.BenchmarkCommand;
import io.ratemesh.benchmarks.command.Outcome;
import io.ratemesh.benchmarks.command.ProxyOptions;
import io.ratemesh.benchmarks.command.RoundOptions;
import io.ratemesh.benchmarks.peer.Contenders;
import io.ratemesh.benchmarks.peer.Haproxy;
import io.ratemesh.benchmarks.peer.RatemeshBalancer;
import io.ratemesh.benchmarks.peer.Stubs;
import io.ratemesh.benchmarks.process.Machine;
import io.ratemesh.benchmarks.process.RunFolder;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line: exit code 0 where the others hardly noticed the attacks on ours, 1 where they did, 2 for wrong usage. */
@Command(
        name = "ratemesh bench slow",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Attacks our front door and HAProxy with slow clients, and times the answers that others get.",
            "A round is as many seconds quiet as attacked."
        })
public final class SlowBenchmark extends BenchmarkCommand {

    @Option(
            names = "--attacks",
            split = ",",
            paramLabel = "NAME",
            description = "${COMPLETION-CANDIDATES} (all, in this order)")
    private List<SlowAttack> attacks = List.of(SlowAttack.values());

    @Option(names = "--connections", paramLabel = "N", description = "of an attack (${DEFAULT-VALUE})")
    private int connections = 1000;

    @Option(names = "--clients", paramLabel = "N", description = "connections of the others (${DEFAULT-VALUE})")
    private int clients = 64;

    @Option(names = "--rate", paramLabel = "N", description = "requests a second of the others (${DEFAULT-VALUE})")
    private int perSecond = 2000;

    /** Longer than a head may take: that all are cut off at once is part of it. */
    @Mixin
    private RoundOptions turns = new RoundOptions(5, 15);

    @Mixin
    private ProxyOptions door = new ProxyOptions();

    private SlowBenchmark() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SlowBenchmark())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    protected void check() {
        checkTurns(turns);
        checkDoor(door);
        requireSome("--connections", connections);
        requireSome("--clients", clients);
        requireSome("--rate", perSecond);
        // Each may have one to an upstream besides.
        requireFiles(2L * connections + 2L * clients);
    }

    @Override
    protected String title() {
        return Machine.text();
    }

    @Override
    protected Outcome run(Services services) {
        SlowHttpTest.require();
        SlowPlan plan =
                new SlowPlan(attacks, connections, clients, perSecond, turns.rounds(), turns.seconds(), turns.warmUp());
        return RunFolder.use(door.keep(), folder -> measure(services, plan, folder));
    }

    private Outcome measure(Services services, SlowPlan plan, RunFolder folder) {
        try (Stubs stubs = Stubs.start(Stubs.USUAL, folder);
                Contenders lineup = Contenders.start(
                        List.of(
                                new Haproxy(stubs.ports(), true),
                                RatemeshBalancer.proxy(services, door.loops(), stubs.ports(), RatemeshBalancer.PATH)),
                        folder,
                        RatemeshBalancer.TARGET)) {
            SlowReport report = new SlowRun(plan, lineup, folder, System.out).measure();
            return new Outcome(report.lines(), report.goalsMet());
        }
    }
}
