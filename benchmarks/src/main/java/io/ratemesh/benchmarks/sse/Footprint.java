package io.ratemesh.benchmarks.sse;

import io.ratemesh.benchmarks.cluster.BenchCluster;
import io.ratemesh.benchmarks.process.ProcessUsage;
import io.ratemesh.benchmarks.process.ServerProcess;
import java.time.Duration;

/**
 * What the servers have taken of the machine.
 *
 * @param balancer nothing where there is none
 */
record Footprint(ProcessUsage converter, ProcessUsage balancer) {

    static Footprint of(BenchCluster cluster) {
        return new Footprint(
                cluster.converter().usage(),
                cluster.balancer().map(ServerProcess::usage).orElse(new ProcessUsage(Duration.ZERO, 0)));
    }

    /** The larger of both in each. */
    Footprint or(Footprint other) {
        return new Footprint(converter.or(other.converter), balancer.or(other.balancer));
    }
}
