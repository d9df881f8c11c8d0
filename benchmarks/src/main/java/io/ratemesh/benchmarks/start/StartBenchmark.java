package io.ratemesh.benchmarks.start;

import io.ratemesh.benchmarks.cluster.ServiceBuild;
import io.ratemesh.benchmarks.command.BenchmarkCommand;
import io.ratemesh.benchmarks.load.InterleavedRounds;
import io.ratemesh.benchmarks.process.RunFolder;
import io.ratemesh.benchmarks.report.Report;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench start}. */
@Command(
        name = "start",
        description = "Compares the start of the services with that of a bare Vert.x and Hazelcast node, and times up.")
public final class StartBenchmark extends BenchmarkCommand {

    private static final String RATES = "rates";
    private static final String BALANCER = "balancer";
    private static final String READY = "/health/ready";
    private static final String CONVERSION = "/api/v1/convert?from=USD&to=JPY&amount=250.75";

    @Option(names = "--starts", paramLabel = "N", description = "Starts of each node, interleaved (${DEFAULT-VALUE}).")
    private int starts = 10;

    @Option(
            names = "--ups",
            paramLabel = "N",
            description = "Pairs of a first and a second start of a cluster (${DEFAULT-VALUE}).")
    private int ups = 3;

    @Option(
            names = "--no-archives",
            description = "Starts the nodes without archives of their classes, and no cluster.")
    private boolean noArchives;

    @Option(names = "--keep", description = "Keeps the logs and prints their folder.")
    private boolean keep;

    @Override
    protected Report run(ServiceBuild services) {
        return RunFolder.use(keep, folder -> measure(services, folder));
    }

    private Report measure(ServiceBuild services, RunFolder folder) {
        Path nodes = folder.subfolder("nodes");
        Map<String, List<StartCost>> costs = new LinkedHashMap<>();
        try (JoiningNodes cluster = new JoiningNodes(nodes, services.settings())) {
            List<NodeProgram> programs = programs(services, nodes);
            List<JoiningNodes.Start> joining = programs.stream()
                    .map(program -> new JoiningNodes.Start(program, archive(cluster, program, nodes)))
                    .toList();
            InterleavedRounds.run(joining, starts, cluster::measure)
                    .forEach((start, figures) -> costs.put(start.program().name(), figures));
        }
        List<StartCost> firstUps = new ArrayList<>();
        List<StartCost> secondUps = new ArrayList<>();
        for (int i = 0; i < (noArchives ? 0 : ups); i++) {
            ClusterUp cluster = new ClusterUp(services.project(), folder.subfolder("up-" + i), CONVERSION);
            firstUps.add(cluster.measure());
            secondUps.add(cluster.measure());
        }
        return new StartReport(costs, firstUps, secondUps);
    }

    private static List<NodeProgram> programs(ServiceBuild services, Path folder) {
        return List.of(
                new NodeProgram(
                        StartReport.BARE,
                        BareNodeJar.write(folder),
                        services.converterOptions(),
                        "converter.port",
                        List.of("/")),
                new NodeProgram(
                        StartReport.CONVERTER,
                        services.jar("converter-service"),
                        services.converterOptions(),
                        "converter.port",
                        List.of(READY, CONVERSION)),
                new NodeProgram(
                        RATES, services.jar("rates-service"), services.ratesOptions(), "rates.port", List.of(READY)),
                new NodeProgram(
                        BALANCER,
                        services.jar("balancer-service"),
                        services.balancerOptions(),
                        "balancer.http.port",
                        List.of(READY, "/")));
    }

    private List<String> archive(JoiningNodes cluster, NodeProgram program, Path folder) {
        if (noArchives) {
            return List.of();
        }
        Path archive = folder.resolve(program.jar().getFileName() + ".jsa");
        cluster.archive(program, archive);
        return List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds*=off");
    }
}
