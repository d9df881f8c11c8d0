package io.ratemesh.benchmarks.stack;

import io.ratemesh.benchmarks.process.ServerProcess;
import java.util.List;

/**
 * A running system that converts amounts.
 *
 * @param description its servers, in one sentence
 * @param servers in the order that a request passes them; clients connect to the first
 */
record ConversionStack(String name, String description, List<ServerProcess> servers) {

    ConversionStack {
        servers = List.copyOf(servers);
    }

    ServerProcess front() {
        return servers.get(0);
    }

    @Override
    public String toString() {
        return name;
    }
}
