package io.ratemesh.benchmarks.convert;

import io.ratemesh.benchmarks.cluster.BenchCluster;
import io.ratemesh.benchmarks.cluster.BookGenerator;
import io.ratemesh.benchmarks.cluster.ServiceBuild;
import io.ratemesh.benchmarks.cluster.ServiceJvm;
import io.ratemesh.benchmarks.command.BenchmarkCommand;
import io.ratemesh.benchmarks.command.RoundOptions;
import io.ratemesh.benchmarks.load.InterleavedRounds;
import io.ratemesh.benchmarks.load.LoadPlan;
import io.ratemesh.benchmarks.load.Round;
import io.ratemesh.benchmarks.load.Wrk;
import io.ratemesh.benchmarks.process.FreePorts;
import io.ratemesh.benchmarks.process.ProgressLine;
import io.ratemesh.benchmarks.process.ServerProcess;
import io.ratemesh.benchmarks.report.Comparison;
import io.ratemesh.benchmarks.report.ComparisonReport;
import io.ratemesh.benchmarks.report.Figure;
import io.ratemesh.benchmarks.report.RatioGoal;
import io.ratemesh.benchmarks.report.Report;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bench convert}. */
@Command(name = "convert", description = "Compares one converter with a bare Vert.x server that returns a constant.")
public final class ConvertBenchmark extends BenchmarkCommand {

    private static final String PATH = "/api/v1/convert?from=USD&to=JPY&amount=250.75";
    private static final int CONNECTIONS = 64;
    private static final double LEAST_FRACTION = 0.7;

    @Mixin
    private RoundOptions rounds = new RoundOptions();

    @Override
    protected String title() {
        return "one converter and a bare Vert.x server";
    }

    @Override
    protected Report run(ServiceBuild services) {
        Wrk.PROGRAM.require();
        try (BenchCluster cluster =
                BenchCluster.start(services, new BookGenerator(), System.currentTimeMillis(), false)) {
            int bytes = cluster.converter().bodyBytes(PATH);
            try (ServerProcess bare = startBareServer(services, bytes, cluster)) {
                bare.awaitReady("/");
                return compare(
                        new Target(Figure.RATEMESH + " converter", cluster.converter(), PATH),
                        new Target("bare Vert.x", bare, "/"),
                        bytes);
            }
        }
    }

    private Report compare(Target converter, Target bare, int bytes) {
        List<Target> targets = List.of(converter, bare);
        targets.forEach(target -> {
            ProgressLine.step("warm-up, " + target);
            target.load(rounds.warmUp());
        });
        Map<String, List<Round>> results = new LinkedHashMap<>();
        InterleavedRounds.run(targets, rounds.rounds(), target -> target.load(rounds.seconds()))
                .forEach((target, figures) -> results.put(target.name(), figures));
        return new ComparisonReport(
                List.of(),
                CONNECTIONS + " connections",
                List.of(new Comparison("body of " + bytes + " B", results)),
                RatioGoal.atLeast(LEAST_FRACTION, converter.name(), bare.name()));
    }

    private static ServerProcess startBareServer(ServiceBuild services, int bytes, BenchCluster cluster) {
        int port = FreePorts.next();
        List<String> arguments = List.of(
                String.valueOf(port),
                String.valueOf(bytes),
                settings().node().transport().name());
        return ServiceJvm.startClass(
                "bare", BareServer.class, services.converterOptions(), arguments, port, cluster.folder());
    }

    private record Target(String name, ServerProcess server, String path) {

        Round load(int seconds) {
            return Round.run(server, new LoadPlan(path, CONNECTIONS), seconds);
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
