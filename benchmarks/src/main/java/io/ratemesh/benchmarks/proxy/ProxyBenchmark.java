package io.ratemesh.benchmarks.proxy;

import io.ratemesh.benchmarks.cluster.ServiceBuild;
import io.ratemesh.benchmarks.command.RoundOptions;
import io.ratemesh.benchmarks.contender.Contender;
import io.ratemesh.benchmarks.contender.ContenderBenchmark;
import io.ratemesh.benchmarks.contender.Contenders;
import io.ratemesh.benchmarks.contender.Contenders.Started;
import io.ratemesh.benchmarks.contender.FlameGraph;
import io.ratemesh.benchmarks.contender.Haproxy;
import io.ratemesh.benchmarks.contender.Nginx;
import io.ratemesh.benchmarks.contender.RatemeshBalancer;
import io.ratemesh.benchmarks.contender.StubUpstreams;
import io.ratemesh.benchmarks.load.FixedRate;
import io.ratemesh.benchmarks.load.LatencyRate;
import io.ratemesh.benchmarks.load.LoadCase;
import io.ratemesh.benchmarks.load.LoadPlan;
import io.ratemesh.benchmarks.process.ProgressLine;
import io.ratemesh.benchmarks.process.RunFolder;
import io.ratemesh.benchmarks.report.Comparison;
import io.ratemesh.benchmarks.report.ComparisonReport;
import io.ratemesh.benchmarks.report.FixedRateLatencies;
import io.ratemesh.benchmarks.report.Report;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench proxy}: first as many requests as possible, then latencies at one rate that all contenders sustain. */
@Command(
        name = "proxy",
        description = "Compares the balancer with HAProxy and nginx as proxies in front of the same upstreams.")
public final class ProxyBenchmark extends ContenderBenchmark {

    private static final String FLAME_GRAPH = "bench-proxy.html";
    private static final int PREFERRED_CONNECTIONS = 64;

    /** The warm-up of a contender that has been loaded before. */
    private static final int WARM_SECONDS = 2;

    private static final int CLIENT_WARM_UP = 5;

    private enum Choice {
        HAPROXY,
        HAPROXY_BARE,
        NGINX,
        RATEMESH
    }

    @Option(
            names = "--connections",
            split = ",",
            paramLabel = "N",
            description = "Connections to measure (16,64,256,1024). Latency is measured with 64 or else the first.")
    private List<Integer> connections = List.of(16, 64, 256, 1024);

    @Mixin
    private RoundOptions rounds = new RoundOptions();

    @Option(names = "--upstreams", paramLabel = "N", description = "Number of upstreams (${DEFAULT-VALUE}).")
    private int upstreams = StubUpstreams.DEFAULT_COUNT;

    @Option(
            names = "--contenders",
            split = ",",
            paramLabel = "NAME",
            description = "${COMPLETION-CANDIDATES} (haproxy,nginx,ratemesh).")
    private List<Choice> contenders = List.of(Choice.HAPROXY, Choice.NGINX, Choice.RATEMESH);

    @Option(
            names = "--profile",
            description = "Finally write a flame graph of the loaded balancer to " + FLAME_GRAPH + ".")
    private boolean profile;

    @Override
    protected void validate() {
        require(
                contenders.stream().distinct().count() == contenders.size(),
                "--contenders: a name occurs twice; use each at most once");
        require(
                !profile || contenders.contains(Choice.RATEMESH),
                "--profile: ratemesh must be one of the --contenders");
    }

    @Override
    protected int upstreams() {
        return upstreams;
    }

    @Override
    protected List<Contender> contenders(ServiceBuild services, List<Integer> ports, RunFolder folder) {
        return contenders.stream()
                .<Contender>map(choice -> switch (choice) {
                    case HAPROXY -> new Haproxy(Haproxy.Mode.HTTP, ports);
                    case HAPROXY_BARE -> new Haproxy(Haproxy.Mode.HTTP_BARE, ports);
                    case NGINX -> Nginx.proxy(ports);
                    case RATEMESH -> RatemeshBalancer.proxy(services, loops(), ports);
                })
                .toList();
    }

    @Override
    protected Report measure(Contenders contenders, RunFolder folder) {
        Map<Integer, Comparison> peaks = new LinkedHashMap<>();
        for (int count : connections) {
            LoadCase load = new LoadCase(String.valueOf(count), new LoadPlan(RatemeshBalancer.TARGET, count));
            int warmUp = peaks.isEmpty() ? rounds.warmUp() : Math.min(rounds.warmUp(), WARM_SECONDS);
            peaks.put(count, contenders.compare(load, rounds, warmUp));
        }
        FixedRateLatencies latencies = latencies(contenders, peaks);
        if (profile) {
            LoadPlan plan = new LoadPlan(RatemeshBalancer.TARGET, latencies.connections());
            FlameGraph.record(contenders, plan, rounds.seconds(), FLAME_GRAPH, folder);
        }
        ComparisonReport report = new ComparisonReport(
                contenders.descriptions(),
                "connections",
                List.copyOf(peaks.values()),
                ProxyReport.GOAL,
                ProxyReport.BARE);
        return new ProxyReport(report, latencies);
    }

    private FixedRateLatencies latencies(Contenders contenders, Map<Integer, Comparison> comparisons) {
        int count = latencyConnections(connections);
        Comparison comparison = comparisons.getOrDefault(count, new Comparison("", Map.of()));
        Map<String, Double> peaks = new LinkedHashMap<>();
        contenders
                .all()
                .forEach(one ->
                        peaks.put(one.name(), comparison.median(one.name()).perSecond()));
        LatencyRate rate = LatencyRate.of(peaks, Set.of(RatemeshBalancer.NAME, Haproxy.NAME));
        ProgressLine.print(String.format(Locale.ROOT, "latency at %.0f requests/s", rate.perSecond()));
        List<Started> measured = contenders.all().stream()
                .filter(one -> rate.isSustainable(peaks.getOrDefault(one.name(), 0.0)))
                .toList();
        List<String> excluded = contenders.all().stream()
                .filter(one -> !measured.contains(one))
                .map(Started::name)
                .toList();
        LoadPlan plan = new LoadPlan(RatemeshBalancer.TARGET, count);
        // The servers are warm, this client is not.
        measured.forEach(one -> {
            ProgressLine.step("warm-up, " + one);
            FixedRate.run(plan, one.port(), rate.perSecond(), 0, Math.min(rounds.warmUp(), CLIENT_WARM_UP));
        });
        return new FixedRateLatencies(
                count,
                rate.perSecond(),
                Contenders.interleave(
                        measured,
                        rounds.rounds(),
                        one -> FixedRate.run(plan, one.port(), rate.perSecond(), 1, rounds.seconds())),
                excluded);
    }

    /** The number of connections for measuring latency. */
    static int latencyConnections(List<Integer> connections) {
        return connections.contains(PREFERRED_CONNECTIONS) ? PREFERRED_CONNECTIONS : connections.get(0);
    }
}
