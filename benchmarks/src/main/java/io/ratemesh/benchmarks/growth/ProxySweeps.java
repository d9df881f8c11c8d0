package io.ratemesh.benchmarks.growth;

import io.ratemesh.benchmarks.cluster.ServiceBuild;
import io.ratemesh.benchmarks.contender.Contenders;
import io.ratemesh.benchmarks.contender.RatemeshBalancer;
import io.ratemesh.benchmarks.contender.StubUpstreams;
import io.ratemesh.benchmarks.load.LoadPlan;
import io.ratemesh.benchmarks.load.Round;
import io.ratemesh.benchmarks.process.ProgressLine;
import io.ratemesh.benchmarks.process.RunFolder;
import io.ratemesh.benchmarks.process.ServerProcess;
import io.ratemesh.benchmarks.report.Measure;
import java.util.List;
import java.util.Map;

/** The cost of proxied requests: by upstreams of the pool, and by client connections. */
final class ProxySweeps {

    /** With a limit, thousands of client connections do not need as many to upstreams. */
    static final int IN_FLIGHT_PER_UPSTREAM = 1000;

    private static final int CONNECTIONS = 64;
    private static final int LOOPS = 1;

    private final ServiceBuild services;
    private final RunFolder folder;
    private final int seconds;
    private final int warmUp;

    ProxySweeps(ServiceBuild services, RunFolder folder, int seconds, int warmUp) {
        this.services = services;
        this.folder = folder;
        this.seconds = seconds;
        this.warmUp = warmUp;
    }

    List<GrowthPoint> upstreams(List<Integer> sizes) {
        return sizes.stream()
                .map(size -> {
                    ProgressLine.step(size + " upstreams");
                    try (StubUpstreams upstreams = StubUpstreams.start(size, folder);
                            Contenders balancer = start(services, upstreams)) {
                        warmUp(balancer);
                        return point(size, balancer, CONNECTIONS);
                    }
                })
                .toList();
    }

    List<GrowthPoint> connections(List<Integer> sizes) {
        ServiceBuild limited = services.with("balancer.pools.web.max-in-flight=" + IN_FLIGHT_PER_UPSTREAM)
                .with("balancer.pools.web.queue.limit=" + sizes.get(sizes.size() - 1));
        try (StubUpstreams upstreams = StubUpstreams.start(StubUpstreams.DEFAULT_COUNT, folder);
                Contenders balancer = start(limited, upstreams)) {
            warmUp(balancer);
            return sizes.stream()
                    .map(size -> {
                        ProgressLine.step(size + " connections");
                        return point(size, balancer, size);
                    })
                    .toList();
        }
    }

    private Contenders start(ServiceBuild build, StubUpstreams upstreams) {
        return Contenders.start(
                List.of(RatemeshBalancer.proxy(build, LOOPS, upstreams.ports())), folder, RatemeshBalancer.TARGET);
    }

    private void warmUp(Contenders balancer) {
        Round.run(balancer.all().get(0).server(), new LoadPlan(RatemeshBalancer.TARGET, CONNECTIONS), warmUp);
    }

    private GrowthPoint point(int size, Contenders balancer, int connections) {
        ServerProcess server = balancer.all().get(0).server();
        LoadPlan plan = new LoadPlan(RatemeshBalancer.TARGET, connections);
        Round.run(server, plan, seconds);
        Round round = Round.run(server, plan, seconds);
        return new GrowthPoint(
                size,
                Map.of(
                        Measure.REQUESTS, round.perSecond(),
                        Measure.CPU, round.cpuMicros(),
                        Measure.MEMORY, round.residentMegabytes()));
    }
}
