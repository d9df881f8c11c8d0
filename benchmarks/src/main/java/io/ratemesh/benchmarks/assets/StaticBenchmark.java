package io.ratemesh.benchmarks.assets;

import io.ratemesh.benchmarks.cluster.ServiceBuild;
import io.ratemesh.benchmarks.command.RoundOptions;
import io.ratemesh.benchmarks.contender.Contender;
import io.ratemesh.benchmarks.contender.ContenderBenchmark;
import io.ratemesh.benchmarks.contender.Contenders;
import io.ratemesh.benchmarks.contender.FlameGraph;
import io.ratemesh.benchmarks.contender.Nginx;
import io.ratemesh.benchmarks.contender.RatemeshBalancer;
import io.ratemesh.benchmarks.load.LoadCase;
import io.ratemesh.benchmarks.process.RunFolder;
import io.ratemesh.benchmarks.report.Comparison;
import io.ratemesh.benchmarks.report.ComparisonReport;
import io.ratemesh.benchmarks.report.RatioGoal;
import io.ratemesh.benchmarks.report.Report;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench static}. */
@Command(name = "static", description = "Compares the balancer with nginx as servers of the UI's files.")
public final class StaticBenchmark extends ContenderBenchmark {

    private static final String FLAME_GRAPH = "bench-static.html";

    @Option(names = "--connections", paramLabel = "N", description = "Concurrent connections (${DEFAULT-VALUE}).")
    private int connections = 64;

    @Mixin
    private RoundOptions rounds = new RoundOptions();

    @Option(
            names = "--profile",
            description = "Finally write a flame graph of the loaded balancer to " + FLAME_GRAPH + ".")
    private boolean profile;

    private List<LoadCase> loads = List.of();

    @Override
    protected int upstreams() {
        return 0;
    }

    @Override
    protected String readyPath() {
        return "/";
    }

    @Override
    protected List<Contender> contenders(ServiceBuild services, List<Integer> upstreams, RunFolder folder) {
        PackedAssets assets = PackedAssets.unpack(services.jar("balancer-service"), folder.subfolder("files"));
        loads = assets.loads(connections);
        return List.of(assets.nginx(), RatemeshBalancer.assets(services, loops()));
    }

    @Override
    protected Report measure(Contenders contenders, RunFolder folder) {
        List<Comparison> comparisons =
                loads.stream().map(load -> contenders.compare(load, rounds)).toList();
        if (profile) {
            FlameGraph.record(contenders, loads.get(0).plan(), rounds.seconds(), FLAME_GRAPH, folder);
        }
        return new ComparisonReport(
                contenders.descriptions(),
                connections + " connections",
                comparisons,
                RatioGoal.asFast(RatemeshBalancer.NAME, Nginx.NAME));
    }
}
