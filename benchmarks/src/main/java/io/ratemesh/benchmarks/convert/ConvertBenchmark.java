package io.ratemesh.benchmarks.convert;

import io.ratemesh.benchmarks.cluster.BenchCluster;
import io.ratemesh.benchmarks.cluster.Market;
import io.ratemesh.benchmarks.cluster.ServiceJvm;
import io.ratemesh.benchmarks.cluster.Services;
import io.ratemesh.benchmarks.command.BenchmarkCommand;
import io.ratemesh.benchmarks.command.Outcome;
import io.ratemesh.benchmarks.command.RoundOptions;
import io.ratemesh.benchmarks.load.LoadPlan;
import io.ratemesh.benchmarks.load.Rotation;
import io.ratemesh.benchmarks.load.Round;
import io.ratemesh.benchmarks.load.Wrk;
import io.ratemesh.benchmarks.process.FreePorts;
import io.ratemesh.benchmarks.process.ServerProcess;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command line: exit code 0 where the goal is met, 1 where not, 2 for wrong usage. */
@Command(
        name = "ratemesh bench convert",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Loads one converter and a bare Vert.x server by turns, and compares.")
public final class ConvertBenchmark extends BenchmarkCommand {

    private static final String PATH = "/api/v1/convert?from=USD&to=JPY&amount=250.75";

    @Mixin
    private RoundOptions turns = new RoundOptions();

    private ConvertBenchmark() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ConvertBenchmark()).execute(arguments));
    }

    @Override
    protected void check() {
        checkTurns(turns);
    }

    @Override
    protected String title() {
        return "one converter beside a bare Vert.x server";
    }

    @Override
    protected Outcome run(Services services) {
        Wrk.require();
        ConvertReport report = measure(services);
        return new Outcome(report.lines(), report.goalMet());
    }

    private ConvertReport measure(Services services) {
        Market market = new Market();
        try (BenchCluster cluster = BenchCluster.start(services, market, System.currentTimeMillis(), false)) {
            int bytes = cluster.converter().bodyBytes(PATH);
            try (ServerProcess bare = bare(services, bytes, cluster)) {
                bare.awaitAnswer("/");
                Contender converter = new Contender(cluster.converter(), PATH);
                Contender constant = new Contender(bare, "/");
                converter.round(turns.warmUp());
                constant.round(turns.warmUp());
                Map<Contender, List<Round>> all = Rotation.take(
                        List.of(converter, constant), turns.rounds(), contender -> contender.round(turns.seconds()));
                return new ConvertReport(
                        bytes, all.getOrDefault(converter, List.of()), all.getOrDefault(constant, List.of()));
            }
        }
    }

    private static ServerProcess bare(Services services, int bytes, BenchCluster cluster) {
        int port = FreePorts.next();
        List<String> arguments = List.of(
                String.valueOf(port),
                String.valueOf(bytes),
                settings().node().transport().name());
        return ServiceJvm.startClass(
                "bare", BareServer.class, services.converterOptions(), arguments, port, cluster.folder());
    }

    private record Contender(ServerProcess server, String path) {

        Round round(int seconds) {
            return Round.of(server, new LoadPlan(path, ConvertReport.CONNECTIONS), seconds);
        }
    }
}
