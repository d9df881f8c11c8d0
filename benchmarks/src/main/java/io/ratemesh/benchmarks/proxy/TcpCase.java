package io.ratemesh.benchmarks.proxy;

import io.ratemesh.benchmarks.contender.RatemeshBalancer;
import io.ratemesh.benchmarks.contender.StubUpstreams;
import io.ratemesh.benchmarks.load.LoadCase;
import io.ratemesh.benchmarks.load.LoadPlan;
import java.util.Optional;

/** The kinds of load on TCP connections. */
enum TcpCase {
    SHORT("short responses", RatemeshBalancer.TARGET),
    /** The upstream closes the connection after its response. */
    CONNECT("a connection per request", RatemeshBalancer.TARGET, Optional.of("Connection: close")),
    LARGE("responses of 1 MB", RatemeshBalancer.PATH + StubUpstreams.LARGE);

    private final String label;
    private final String path;
    private final Optional<String> header;

    TcpCase(String label, String path) {
        this(label, path, Optional.empty());
    }

    TcpCase(String label, String path, Optional<String> header) {
        this.label = label;
        this.path = path;
        this.header = header;
    }

    LoadCase load(int connections) {
        return new LoadCase(label, new LoadPlan(path, header.stream().toList(), connections));
    }
}
