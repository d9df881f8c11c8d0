package io.ratemesh.benchmarks.assets;

import io.ratemesh.benchmarks.cluster.Services;
import io.ratemesh.benchmarks.command.BenchmarkCommand;
import io.ratemesh.benchmarks.command.Outcome;
import io.ratemesh.benchmarks.command.ProxyOptions;
import io.ratemesh.benchmarks.command.RoundOptions;
import io.ratemesh.benchmarks.load.Comparison;
import io.ratemesh.benchmarks.load.Wrk;
import io.ratemesh.benchmarks.peer.Contenders;
import io.ratemesh.benchmarks.peer.RatemeshBalancer;
import io.ratemesh.benchmarks.process.Machine;
import io.ratemesh.benchmarks.process.RunFolder;
import io.ratemesh.benchmarks.profile.FlameGraph;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line: exit code 0 where the goal is met, 1 where not, 2 for wrong usage. */
@Command(
        name = "ratemesh bench static",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Loads our front door and nginx by turns with requests for the same files, and compares.")
public final class StaticBenchmark extends BenchmarkCommand {

    private static final String PICTURE = "bench-static.html";

    @Option(names = "--connections", paramLabel = "N", description = "how many at a time (${DEFAULT-VALUE})")
    private int connections = 64;

    @Mixin
    private RoundOptions turns = new RoundOptions();

    @Option(
            names = "--profile",
            description = "when all is measured, a flame graph of our front door under load, " + PICTURE)
    private boolean profile;

    @Mixin
    private ProxyOptions door = new ProxyOptions();

    private StaticBenchmark() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new StaticBenchmark()).execute(arguments));
    }

    @Override
    protected void check() {
        checkTurns(turns);
        requireSome("--connections", connections);
        checkDoor(door);
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
        Path files = folder.of("files");
        PackedAssets assets = PackedAssets.unpack(services.jar("balancer-service"), files);
        try (Contenders lineup = Contenders.start(
                List.of(new NginxFiles(assets.all(), files), RatemeshBalancer.assets(services, door.loops())),
                folder,
                "/")) {
            List<AssetCase> asked = AssetCase.of(assets, connections);
            List<Comparison> cases = new ArrayList<>();
            for (AssetCase one : asked) {
                System.out.println(one.what());
                cases.add(lineup.compare(one.what(), one.aim(), turns.warmUp(), turns.rounds(), turns.seconds()));
            }
            if (profile) {
                FlameGraph.take(lineup, asked.get(0).aim(), turns.seconds(), PICTURE, folder);
            }
            StaticReport report = new StaticReport(lineup.says(), connections, turns.rounds(), cases);
            return new Outcome(report.lines(), report.goalsMet());
        }
    }
}
