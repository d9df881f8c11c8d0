package io.ratemesh.benchmarks.tls;

import io.ratemesh.benchmarks.cluster.ServiceBuild;
import io.ratemesh.benchmarks.command.RoundOptions;
import io.ratemesh.benchmarks.contender.Contender;
import io.ratemesh.benchmarks.contender.ContenderBenchmark;
import io.ratemesh.benchmarks.contender.Contenders;
import io.ratemesh.benchmarks.contender.Haproxy;
import io.ratemesh.benchmarks.contender.Nginx;
import io.ratemesh.benchmarks.contender.RatemeshBalancer;
import io.ratemesh.benchmarks.contender.TlsListener;
import io.ratemesh.benchmarks.load.H2load;
import io.ratemesh.benchmarks.load.Round;
import io.ratemesh.benchmarks.process.Program;
import io.ratemesh.benchmarks.process.RunFolder;
import io.ratemesh.benchmarks.report.Comparison;
import io.ratemesh.benchmarks.report.Report;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench tls}. */
@Command(
        name = "tls",
        description = "Compares the balancer with HAProxy and nginx over TLS in front of the same upstreams.")
public final class TlsBenchmark extends ContenderBenchmark {

    @Option(names = "--connections", paramLabel = "N", description = "Concurrent connections (${DEFAULT-VALUE}).")
    private int connections = 64;

    @Option(
            names = "--cases",
            split = ",",
            paramLabel = "NAME",
            description = "${COMPLETION-CANDIDATES} (all, in this order).")
    private List<TlsCase> cases = List.of(TlsCase.values());

    @Mixin
    private RoundOptions rounds = new RoundOptions();

    /** By the name of the contender. The other port of each is without TLS: it says when the contender is ready. */
    private final Map<String, Integer> ports = new HashMap<>();

    @Override
    protected Program loadGenerator() {
        return H2load.PROGRAM;
    }

    @Override
    protected List<Contender> contenders(ServiceBuild services, List<Integer> upstreams, RunFolder folder) {
        Path certificate = TlsListener.createCertificate(folder.subfolder("certificate"));
        return List.of(
                Haproxy.tls(upstreams, listener(Haproxy.NAME, certificate)),
                Nginx.tls(upstreams, listener(Nginx.NAME, certificate)),
                RatemeshBalancer.tls(services, loops(), upstreams, listener(RatemeshBalancer.NAME, certificate)));
    }

    private TlsListener listener(String contender, Path certificate) {
        TlsListener listener = TlsListener.with(certificate);
        ports.put(contender, listener.port());
        return listener;
    }

    @Override
    protected Report measure(Contenders contenders, RunFolder folder) {
        Map<TlsCase, Comparison> comparisons = new LinkedHashMap<>();
        cases.forEach(one ->
                comparisons.put(one, contenders.compare(one.label(), rounds, rounds.warmUp(), (contender, seconds) -> {
                    int port = Objects.requireNonNull(ports.get(contender.name()));
                    return Round.measure(contender.server()::usage, () -> one.run(port, connections, seconds));
                })));
        return TlsReport.of(contenders.descriptions(), connections, comparisons);
    }
}
