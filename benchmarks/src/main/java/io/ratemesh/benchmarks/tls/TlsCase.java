package io.ratemesh.benchmarks.tls;

import io.ratemesh.benchmarks.contender.RatemeshBalancer;
import io.ratemesh.benchmarks.load.H2load;
import io.ratemesh.benchmarks.load.LoadPlan;
import io.ratemesh.benchmarks.load.Wrk;
import java.util.List;

/** The kinds of load over TLS. */
enum TlsCase {
    HTTP1("HTTP/1.1") {
        @Override
        Wrk.Load run(int port, int connections, int seconds) {
            return H2load.run(
                    H2load.Version.HTTP_1_1, new LoadPlan(RatemeshBalancer.TARGET, connections), port, seconds);
        }
    },
    HTTP2("HTTP/2") {
        @Override
        Wrk.Load run(int port, int connections, int seconds) {
            return H2load.run(H2load.Version.HTTP_2, new LoadPlan(RatemeshBalancer.TARGET, connections), port, seconds);
        }
    },
    /** Over HTTP/1.1 by wrk, because h2load keeps its connections. wrk resumes the sessions of servers that issue tickets. */
    HANDSHAKES("a connection per request") {
        @Override
        Wrk.Load run(int port, int connections, int seconds) {
            LoadPlan plan = new LoadPlan(RatemeshBalancer.TARGET, List.of("Connection: close"), connections);
            return Wrk.runTls(plan, port, seconds);
        }
    };

    private final String label;

    TlsCase(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /**
     * Loads a contender.
     *
     * @throws IllegalStateException if a response is an error
     */
    abstract Wrk.Load run(int port, int connections, int seconds);
}
