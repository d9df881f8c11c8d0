package io.ratemesh.launcher.command;

import io.ratemesh.launcher.outcome.CommandFailure;
import io.ratemesh.launcher.process.BenchmarkRun;
import io.ratemesh.launcher.state.CommandContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/** {@code bench}. */
@Command(
        name = "bench",
        description = {
            "Runs a benchmark. The options after its name are the benchmark's; benchmarks/README.md describes them.",
            "all: the ones below that compare, one after another, in 40 minutes; --quick in less than ten minutes.",
            "compare: what has changed between two results files of all.",
            "proxy: requests, CPU time, memory and latency of the balancer, HAProxy and nginx as proxies.",
            "static: the same of the balancer and nginx for the UI's files.",
            "tls: the same of the balancer, HAProxy and nginx over TLS.",
            "tcp: the same of the balancer and HAProxy in TCP mode.",
            "faults: failed requests while an upstream fails, of the balancer and HAProxy.",
            "slow: latency of other clients during attacks by slow clients, of the balancer and HAProxy.",
            "idle: memory of 10,000 idle connections, of the balancer and HAProxy.",
            "soak: memory of the balancer over millions of requests.",
            "scale: decisions of the scaler under a load that doubles and falls.",
            "convert: requests and CPU time of one converter and of a bare Vert.x server.",
            "convert-stack: conversions through the cluster and through Flask behind HAProxy and nginx.",
            "jmh: single conversions beside Moneta, look-ups, decoding, encoding and the pick of an upstream.",
            "growth: what more nodes, connections, readers, currencies, updates and batches cost.",
            "sse: delivery and delay of updates to thousands of readers of one converter.",
            "warm: the first seconds of load after a start, and latency while converters are restarted.",
            "fuzz: responses of one converter to a million valid and malformed requests.",
            "start: time, CPU and memory of starting nodes, of a bare Vert.x and Hazelcast node, and of up.",
            "wrk, nginx, haproxy and slowhttptest are installed as Debian packages if they are missing, with root only."
        })
public final class BenchCommand implements Callable<Integer> {

    private static final String COMPARE = "compare";
    private static final List<String> NAMES = List.of(
            "all",
            "proxy",
            "tls",
            "tcp",
            "static",
            "idle",
            "sse",
            "convert",
            "convert-stack",
            "start",
            "jmh",
            "faults",
            "slow",
            "warm",
            "growth",
            "soak",
            "fuzz",
            "scale");
    private static final String USE = "; use " + String.join(", ", NAMES) + " or " + COMPARE;

    private final CommandContext context;

    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "The benchmark.")
    private Optional<String> name = Optional.empty();

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    public BenchCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        String benchmark = name.orElseThrow(() -> CommandFailure.wrongUsage("bench: a name is required" + USE));
        if (benchmark.equals(COMPARE)) {
            return new BenchmarkRun(context).runWithoutNodes(benchmark, arguments);
        }
        if (!NAMES.contains(benchmark)) {
            throw CommandFailure.wrongUsage("bench " + benchmark + " is unknown" + USE);
        }
        return new BenchmarkRun(context).run(benchmark, arguments);
    }
}
