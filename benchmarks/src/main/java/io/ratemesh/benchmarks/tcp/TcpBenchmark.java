package io.ratemesh.benchmarks.tcp;

import io.ratemesh.benchmarks.cluster.Services;
import io.ratemesh.benchmarks.command.BenchmarkCommand;
import io.ratemesh.benchmarks.command.Outcome;
import io.ratemesh.benchmarks.command.ProxyOptions;
import io.ratemesh.benchmarks.command.RoundOptions;
import io.ratemesh.benchmarks.load.Comparison;
import io.ratemesh.benchmarks.load.Wrk;
import io.ratemesh.benchmarks.peer.Contenders;
import io.ratemesh.benchmarks.peer.HaproxyTcp;
import io.ratemesh.benchmarks.peer.RatemeshBalancer;
import io.ratemesh.benchmarks.peer.RatemeshTcp;
import io.ratemesh.benchmarks.peer.Stubs;
import io.ratemesh.benchmarks.process.Machine;
import io.ratemesh.benchmarks.process.RunFolder;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line: exit code 0 where the goals are met, 1 where not, 2 for wrong usage. */
@Command(
        name = "ratemesh bench tcp",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Loads a port of TCP of ours and one of HAProxy by turns, in front of the same upstreams.")
public final class TcpBenchmark extends BenchmarkCommand {

    @Option(names = "--connections", paramLabel = "N", description = "how many at a time (${DEFAULT-VALUE})")
    private int connections = 64;

    @Option(
            names = "--cases",
            split = ",",
            paramLabel = "NAME",
            description = "${COMPLETION-CANDIDATES} (all, in this order)")
    private List<TcpCase> cases = List.of(TcpCase.values());

    @Mixin
    private RoundOptions turns = new RoundOptions();

    @Mixin
    private ProxyOptions door = new ProxyOptions();

    private TcpBenchmark() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new TcpBenchmark())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    protected void check() {
        checkTurns(turns);
        checkDoor(door);
        requireSome("--connections", connections);
    }

    @Override
    protected String title() {
        return Machine.text();
    }

    @Override
    protected Outcome run(Services services) {
        Wrk.require();
        return RunFolder.use(door.keep(), folder -> measure(services, folder));
    }

    private Outcome measure(Services services, RunFolder folder) {
        try (Stubs stubs = Stubs.start(Stubs.USUAL, folder);
                Contenders lineup = Contenders.start(
                        List.of(new HaproxyTcp(stubs.ports()), new RatemeshTcp(services, door.loops(), stubs.ports())),
                        folder,
                        RatemeshBalancer.TARGET)) {
            List<TcpReport.Measured> measured = new ArrayList<>();
            for (TcpCase one : cases) {
                System.out.println(one.label());
                Comparison comparison = lineup.compare(
                        one.label(), one.aim(connections), turns.warmUp(), turns.rounds(), turns.seconds());
                measured.add(new TcpReport.Measured(one, comparison));
            }
            TcpReport report = new TcpReport(lineup.says(), connections, turns.rounds(), measured);
            return new Outcome(report.lines(), report.goalsMet());
        }
    }
}
