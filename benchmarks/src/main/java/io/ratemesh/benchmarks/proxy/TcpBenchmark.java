package io.ratemesh.benchmarks.proxy;

import io.ratemesh.benchmarks.cluster.ServiceBuild;
import io.ratemesh.benchmarks.command.RoundOptions;
import io.ratemesh.benchmarks.contender.Contender;
import io.ratemesh.benchmarks.contender.ContenderBenchmark;
import io.ratemesh.benchmarks.contender.Contenders;
import io.ratemesh.benchmarks.contender.Haproxy;
import io.ratemesh.benchmarks.contender.RatemeshBalancer;
import io.ratemesh.benchmarks.contender.StubUpstreams;
import io.ratemesh.benchmarks.process.RunFolder;
import io.ratemesh.benchmarks.report.Comparison;
import io.ratemesh.benchmarks.report.ComparisonReport;
import io.ratemesh.benchmarks.report.RatioGoal;
import io.ratemesh.benchmarks.report.Report;
import io.ratemesh.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench tcp}. */
@Command(name = "tcp", description = "Compares the balancer with HAProxy in TCP mode in front of the same upstreams.")
public final class TcpBenchmark extends ContenderBenchmark {

    private static final RatioGoal GOAL = RatioGoal.asFastAndCheap(RatemeshBalancer.NAME, Haproxy.NAME);
    private static final double BYTES_PER_MB = 1e6;

    @Option(names = "--connections", paramLabel = "N", description = "Concurrent connections (${DEFAULT-VALUE}).")
    private int connections = 64;

    @Option(
            names = "--cases",
            split = ",",
            paramLabel = "NAME",
            description = "${COMPLETION-CANDIDATES} (all, in this order).")
    private List<TcpCase> cases = List.of(TcpCase.values());

    @Mixin
    private RoundOptions rounds = new RoundOptions();

    @Override
    protected List<Contender> contenders(ServiceBuild services, List<Integer> upstreams, RunFolder folder) {
        return List.of(new Haproxy(Haproxy.Mode.TCP, upstreams), RatemeshBalancer.tcp(services, loops(), upstreams));
    }

    @Override
    protected Report measure(Contenders contenders, RunFolder folder) {
        Map<TcpCase, Comparison> comparisons = new LinkedHashMap<>();
        cases.forEach(one -> comparisons.put(one, contenders.compare(one.load(connections), rounds)));
        return report(contenders.descriptions(), connections, comparisons);
    }

    static ComparisonReport report(List<String> descriptions, int connections, Map<TcpCase, Comparison> comparisons) {
        List<String> notes = new ArrayList<>();
        Comparison large = comparisons.get(TcpCase.LARGE);
        if (large != null) {
            notes.add("");
            large.rounds()
                    .keySet()
                    .forEach(name -> notes.add("- " + name + ", " + large.label() + ": "
                            + Table.decimal(
                                    large.median(name).perSecond() * StubUpstreams.LARGE_BYTES / BYTES_PER_MB, 0)
                            + " MB/s"));
        }
        return new ComparisonReport(
                descriptions, connections + " connections", List.copyOf(comparisons.values()), List.of(GOAL), notes);
    }
}
