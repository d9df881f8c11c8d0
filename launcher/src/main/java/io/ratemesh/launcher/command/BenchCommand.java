package io.ratemesh.launcher.command;

import io.ratemesh.launcher.outcome.CommandFailure;
import io.ratemesh.launcher.process.BenchmarkRun;
import io.ratemesh.launcher.state.CommandContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/** {@code bench}. */
@Command(
        name = "bench",
        description = {
            "Runs a benchmark; what follows its name goes to it.",
            "sse: thousands of readers on one converter; --readers N, --seconds M, --slow K, --through-balancer.",
            "convert: one converter beside a bare Vert.x server; --rounds N, --seconds M; needs wrk.",
            "fuzz: a million mangled requests on one converter; --requests N, --seed N.",
            "proxy: our front door beside HAProxy and nginx; --connections 16,64,256,1024, --rounds N, --seconds M, --profile.",
            "static: the UI's files from our front door beside nginx; --rounds N, --seconds M.",
            "Both need wrk and nginx, proxy haproxy too; they install Debian's packages where they may.",
            "faults: what fails here and with HAProxy while an upstream is ill; --faults killed,hung, --seconds M; needs haproxy.",
            "slow: slow clients on our front door and HAProxy, and what others notice; --attacks head,body,read, --connections N, "
                    + "--rate N, --rounds N, --seconds M; needs slowhttptest and haproxy.",
            "idle: memory of 10,000 idle connections and 1,000 active ones, here and with HAProxy; --idle N, --active N, --seconds M.",
            "soak: millions of requests through our front door, and its memory; --requests N, --seconds M.",
            "tcp: a port of TCP beside HAProxy's; --cases short,connect,large, --connections N, --rounds N, --seconds M.",
            "These need wrk and nginx, all but soak haproxy too.",
            "To come: start, jmh."
        })
public final class BenchCommand implements Callable<Integer> {

    private static final Map<String, String> MAIN_CLASSES = Map.of(
            "sse", "io.ratemesh.benchmarks.sse.SseBenchmark",
            "convert", "io.ratemesh.benchmarks.convert.ConvertBenchmark",
            "fuzz", "io.ratemesh.benchmarks.fuzz.FuzzBenchmark",
            "proxy", "io.ratemesh.benchmarks.proxy.ProxyBenchmark",
            "static", "io.ratemesh.benchmarks.assets.StaticBenchmark",
            "faults", "io.ratemesh.benchmarks.faults.FaultsBenchmark",
            "slow", "io.ratemesh.benchmarks.slow.SlowBenchmark",
            "idle", "io.ratemesh.benchmarks.idle.IdleBenchmark",
            "soak", "io.ratemesh.benchmarks.soak.SoakBenchmark",
            "tcp", "io.ratemesh.benchmarks.tcp.TcpBenchmark");
    private static final List<String> TO_COME = List.of("start", "jmh");
    private static final String THERE = "sse, convert, fuzz, proxy, static, faults, slow, idle, soak or tcp";

    private final CommandContext workplace;

    @Parameters(index = "0", arity = "0..1", paramLabel = "WHAT", description = THERE + "; the others are to come.")
    private Optional<String> what = Optional.empty();

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    public BenchCommand(CommandContext workplace) {
        this.workplace = workplace;
    }

    @Override
    public Integer call() {
        String name = what.orElseThrow(() -> CommandFailure.wrongUsage("bench: which one? (expected: " + THERE + ")"));
        if (TO_COME.contains(name)) {
            throw CommandFailure.wrongUsage("bench " + name + " is to come (expected: " + THERE + ")");
        }
        String mainClass = MAIN_CLASSES.get(name);
        if (mainClass == null) {
            throw CommandFailure.wrongUsage("bench " + name + " is unknown (expected: " + THERE + ")");
        }
        return new BenchmarkRun(workplace).run(mainClass, arguments);
    }
}
