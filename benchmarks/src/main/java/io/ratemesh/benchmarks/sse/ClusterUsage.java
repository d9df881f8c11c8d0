package io.ratemesh.benchmarks.sse;

import io.ratemesh.benchmarks.cluster.BenchCluster;
import io.ratemesh.benchmarks.process.ProcessUsage;
import io.ratemesh.benchmarks.process.ServerProcess;

/** CPU time and memory of the servers; nothing for a balancer that is not used. */
record ClusterUsage(ProcessUsage converter, ProcessUsage balancer) {

    static ClusterUsage of(BenchCluster cluster) {
        return new ClusterUsage(
                cluster.converter().usage(),
                cluster.balancer().map(ServerProcess::usage).orElse(ProcessUsage.NONE));
    }

    /** The larger value of each figure. */
    ClusterUsage max(ClusterUsage other) {
        return new ClusterUsage(converter.max(other.converter), balancer.max(other.balancer));
    }
}
