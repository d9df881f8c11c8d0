package io.ratemesh.benchmarks.faults;

import io.ratemesh.benchmarks.cluster.Services;
import io.ratemesh.benchmarks.command.BenchmarkCommand;
import io.ratemesh.benchmarks.command.Outcome;
import io.ratemesh.benchmarks.process.Machine;
import io.ratemesh.benchmarks.process.RunFolder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line: exit code 0 where ours has no more failures than HAProxy at any fault, 1 where it has, 2 for wrong usage. */
@Command(
        name = "ratemesh bench faults",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Counts what fails through our front door and through HAProxy while an upstream is ill.")
public final class FaultsBenchmark extends BenchmarkCommand {

    @Option(
            names = "--faults",
            split = ",",
            paramLabel = "NAME",
            description = "${COMPLETION-CANDIDATES} (all, in this order)")
    private Set<Fault> faults = EnumSet.allOf(Fault.class);

    @Option(names = "--connections", paramLabel = "N", description = "of the client (${DEFAULT-VALUE})")
    private int connections = 64;

    @Option(names = "--rate", paramLabel = "N", description = "requests a second (${DEFAULT-VALUE})")
    private int perSecond = 3000;

    @Option(
            names = "--patience",
            paramLabel = "M",
            description = "seconds that the client waits for an answer (${DEFAULT-VALUE})")
    private int patience = 2;

    @Option(names = "--seconds", paramLabel = "M", description = "of each fault (${DEFAULT-VALUE})")
    private int seconds = 4;

    @Option(
            names = "--recovery",
            paramLabel = "M",
            description = "seconds until an upstream that is well again must be asked (${DEFAULT-VALUE})")
    private int recovery = 15;

    @Option(names = "--keep", description = "keeps the configurations and logs, and says where")
    private boolean keep;

    private FaultsBenchmark() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new FaultsBenchmark())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    protected void check() {
        requireSome("--connections", connections);
        requireSome("--rate", perSecond);
        requireSome("--patience", patience);
        requireSome("--seconds", seconds);
        requireSome("--recovery", recovery);
    }

    @Override
    protected String title() {
        return Machine.text();
    }

    @Override
    protected Outcome run(Services services) {
        FaultsPlan plan = new FaultsPlan(
                connections,
                perSecond,
                Duration.ofSeconds(patience),
                Duration.ofSeconds(seconds),
                Duration.ofSeconds(recovery));
        List<ControlledProxy> all = List.of(ControlledProxy.haproxy(), ControlledProxy.ratemesh(services));
        FaultsReport report = new FaultsReport(
                plan,
                all.stream().map(one -> "- " + one.says()).toList(),
                RunFolder.use(keep, folder -> play(new FaultsRun(plan, folder, System.out), all)));
        return new Outcome(report.lines(), report.goalsMet());
    }

    private List<FaultScenario> play(FaultsRun run, List<ControlledProxy> all) {
        List<FaultScenario> episodes = new ArrayList<>();
        for (Fault fault : faults) {
            all.forEach(one -> episodes.add(run.play(fault, one)));
        }
        return episodes;
    }
}
