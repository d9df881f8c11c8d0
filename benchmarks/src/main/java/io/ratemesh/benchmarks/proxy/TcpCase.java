package io.ratemesh.benchmarks.proxy;

import io.ratemesh.benchmarks.contender.RatemeshBalancer;
import io.ratemesh.benchmarks.contender.StubUpstreams;
import io.ratemesh.benchmarks.load.LoadCase;
import io.ratemesh.benchmarks.load.LoadPlan;
import java.util.List;

/** The kinds of load on TCP connections. */
enum TcpCase {
    /** Small requests and responses. */
    SHORT("short responses", RatemeshBalancer.TARGET),
    /** The upstream closes the connection after its response. */
    CONNECT("a connection per request", RatemeshBalancer.TARGET, "Connection: close"),
    LARGE("responses of 1 MB", RatemeshBalancer.PATH + StubUpstreams.LARGE);

    private final String label;
    private final String path;
    private final List<String> headers;

    TcpCase(String label, String path, String... headers) {
        this.label = label;
        this.path = path;
        this.headers = List.of(headers);
    }

    LoadCase load(int connections) {
        return new LoadCase(label, new LoadPlan(path, headers, connections));
    }
}
