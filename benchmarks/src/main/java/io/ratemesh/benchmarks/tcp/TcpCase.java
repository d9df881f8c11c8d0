package io.ratemesh.benchmarks.tcp;

import io.ratemesh.benchmarks.load.LoadPlan;
import io.ratemesh.benchmarks.peer.RatemeshBalancer;
import io.ratemesh.benchmarks.peer.Stubs;
import java.util.Optional;

/** What goes over the connections. */
enum TcpCase {
    /** Small requests and answers, to and fro. */
    SHORT("short answers", RatemeshBalancer.TARGET),
    /** The upstream closes after its answer. */
    CONNECT("a connection each", RatemeshBalancer.TARGET, Optional.of("Connection: close")),
    LARGE("answers of 1 MB", RatemeshBalancer.PATH + Stubs.LARGE);

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

    /** What the table calls it. */
    String label() {
        return label;
    }

    LoadPlan aim(int connections) {
        return new LoadPlan(path, header.stream().toList(), connections);
    }
}
