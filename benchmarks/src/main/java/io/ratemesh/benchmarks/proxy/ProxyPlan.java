package io.ratemesh.benchmarks.proxy;

import java.util.List;

/**
 * What is asked of a run.
 *
 * @param connections how many are open at a time, one table each
 * @param rounds of each contender, by turns
 * @param seconds of a round
 * @param warmUp seconds of load on each before the first round
 * @param upstreams how many
 */
record ProxyPlan(List<Integer> connections, int rounds, int seconds, int warmUp, int upstreams) {

    private static final int USUAL = 64;

    ProxyPlan {
        connections = List.copyOf(connections);
    }

    /** How many are open where the time of each answer is measured. */
    int latencyConnections() {
        return connections.contains(USUAL) ? USUAL : connections.get(0);
    }
}
