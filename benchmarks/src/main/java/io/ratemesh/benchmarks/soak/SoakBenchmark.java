package io.ratemesh.benchmarks.soak;

import io.ratemesh.benchmarks.cluster.ServiceBuild;
import io.ratemesh.benchmarks.contender.Contender;
import io.ratemesh.benchmarks.contender.ContenderBenchmark;
import io.ratemesh.benchmarks.contender.Contenders;
import io.ratemesh.benchmarks.contender.RatemeshBalancer;
import io.ratemesh.benchmarks.contender.StubUpstreams;
import io.ratemesh.benchmarks.load.LoadPlan;
import io.ratemesh.benchmarks.load.Wrk;
import io.ratemesh.benchmarks.process.FreePorts;
import io.ratemesh.benchmarks.process.LiveHeap;
import io.ratemesh.benchmarks.process.MemoryTrend;
import io.ratemesh.benchmarks.process.ProgressLine;
import io.ratemesh.benchmarks.process.RunFolder;
import io.ratemesh.benchmarks.process.ServerProcess;
import io.ratemesh.benchmarks.report.Report;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench soak}. */
@Command(name = "soak", description = "Sends millions of requests through the balancer and measures its memory.")
public final class SoakBenchmark extends ContenderBenchmark {

    /** One slice in four has requests with bodies. */
    private static final int SLICES_PER_BODIES = 4;

    private static final String BODY = "x".repeat(8192);

    @Option(names = "--requests", paramLabel = "N", description = "Number of requests (${DEFAULT-VALUE}).")
    private long requests = 20_000_000;

    @Option(names = "--connections", paramLabel = "N", description = "Concurrent connections (${DEFAULT-VALUE}).")
    private int connections = 64;

    @Option(
            names = "--seconds",
            paramLabel = "M",
            description = "Seconds of a slice, after which memory is measured (${DEFAULT-VALUE}).")
    private int seconds = 5;

    private final int metricsPort = FreePorts.next();
    private final MemoryTrend resident = new MemoryTrend();
    private final MemoryTrend heap = new MemoryTrend();
    private final MemoryTrend direct = new MemoryTrend();

    @Override
    protected List<Contender> contenders(ServiceBuild services, List<Integer> upstreams, RunFolder folder) {
        ServiceBuild measured =
                services.withBalancerOptions(ServiceBuild.TOUCHED_HEAP).with("balancer.stats.port=" + metricsPort);
        return List.of(RatemeshBalancer.proxy(measured, loops(), upstreams));
    }

    @Override
    protected Report measure(Contenders contenders, RunFolder folder) {
        ServerProcess balancer = contenders.all().get(0).server();
        long sent = 0;
        long withBody = 0;
        long aborted;
        try (AbortingClients clients = new AbortingClients(balancer.port())) {
            for (int slice = 1; sent < requests; slice++) {
                boolean bodies = slice % SLICES_PER_BODIES == 0;
                ProgressLine.step(sent + " of " + requests + " requests");
                long count = load(balancer.port(), bodies).requests();
                sample(balancer, (double) sent / requests);
                printProgress(sent, sent + count);
                sent += count;
                withBody += bodies ? count : 0;
            }
            aborted = clients.aborted();
        }
        return new SoakReport(
                contenders.descriptions(), sent, withBody, aborted, resident, heap, direct, balancer.errorLines());
    }

    private Wrk.Load load(int port, boolean bodies) {
        return bodies
                ? Wrk.post(new LoadPlan(RatemeshBalancer.PATH + StubUpstreams.UPLOAD, connections), BODY, port, seconds)
                : Wrk.run(new LoadPlan(RatemeshBalancer.TARGET, connections), port, seconds);
    }

    private void sample(ServerProcess balancer, double fraction) {
        resident.add(fraction, balancer.usage().residentBytes());
        direct.add(fraction, (long) balancer.metrics(metricsPort).value(MemoryTrend.DIRECT_BUFFERS));
        LiveHeap.bytes(balancer, metricsPort).ifPresent(bytes -> heap.add(fraction, bytes));
    }

    private void printProgress(long before, long sent) {
        int tenth = MemoryTrend.tenth((double) sent / requests);
        if (tenth > MemoryTrend.tenth((double) before / requests) || sent >= requests) {
            ProgressLine.print(sent + " requests");
        }
    }
}
