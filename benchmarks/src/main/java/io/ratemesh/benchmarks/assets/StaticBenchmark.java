package io.ratemesh.benchmarks.assets;

import io.ratemesh.benchmarks.cluster.Services;
import io.ratemesh.benchmarks.command.BenchmarkCommand;
import io.ratemesh.benchmarks.command.Outcome;
import io.ratemesh.benchmarks.command.RoundOptions;
import io.ratemesh.benchmarks.load.Comparison;
import io.ratemesh.benchmarks.load.Round;
import io.ratemesh.benchmarks.load.Turns;
import io.ratemesh.benchmarks.load.Wrk;
import io.ratemesh.benchmarks.peer.FrontDoor;
import io.ratemesh.benchmarks.peer.Lineup;
import io.ratemesh.benchmarks.peer.Lineup.Started;
import io.ratemesh.benchmarks.process.Machine;
import io.ratemesh.benchmarks.process.RunFolder;
import io.ratemesh.benchmarks.profile.FlameGraph;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    @Option(names = "--loops", paramLabel = "N", description = "event loops of our front door (${DEFAULT-VALUE})")
    private int loops = 1;

    @Option(
            names = "--profile",
            description = "when all is measured, a flame graph of our front door under load, " + PICTURE)
    private boolean profile;

    @Option(names = "--keep", description = "keeps the configurations and logs, and says where")
    private boolean keep;

    private StaticBenchmark() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new StaticBenchmark()).execute(arguments));
    }

    @Override
    protected void check() {
        checkTurns(turns);
        requireSome("--connections", connections);
        requireSome("--loops", loops);
    }

    @Override
    protected String title() {
        return Machine.text();
    }

    @Override
    protected Outcome run(Services services) {
        Wrk.require();
        return RunFolder.use(keep, folder -> measure(services, folder));
    }

    private Outcome measure(Services services, RunFolder folder) {
        Path files = folder.of("files");
        PackedAssets assets = PackedAssets.unpack(services.jar("balancer-service"), files);
        try (Lineup lineup = Lineup.start(
                List.of(new NginxFiles(assets.all(), files), FrontDoor.assets(services, loops)), folder, "/")) {
            List<AssetCase> asked = AssetCase.of(assets, connections);
            List<Comparison> cases = new ArrayList<>();
            for (AssetCase one : asked) {
                System.out.println(one.what());
                cases.add(compare(lineup, one));
            }
            if (profile) {
                FlameGraph.take(lineup, asked.get(0).aim(), turns.seconds(), PICTURE, folder);
            }
            StaticReport report = new StaticReport(lineup.says(), connections, turns.rounds(), cases);
            return new Outcome(report.lines(), report.goalsMet());
        }
    }

    private Comparison compare(Lineup lineup, AssetCase one) {
        lineup.all().forEach(each -> Round.of(each.server(), one.aim(), turns.warmUp()));
        Map<Started, List<Round>> rounds =
                Turns.take(lineup.all(), turns.rounds(), each -> Round.of(each.server(), one.aim(), turns.seconds()));
        Map<String, List<Round>> named = new LinkedHashMap<>();
        rounds.forEach((each, results) -> named.put(each.name(), results));
        return new Comparison(one.what(), named);
    }
}
