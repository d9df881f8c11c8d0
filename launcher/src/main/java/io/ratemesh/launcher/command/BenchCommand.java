package io.ratemesh.launcher.command;

import io.ratemesh.launcher.outcome.Failure;
import io.ratemesh.launcher.process.BenchmarkRun;
import io.ratemesh.launcher.state.Workplace;
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
            "To come: proxy, convert, static, start, jmh."
        })
public final class BenchCommand implements Callable<Integer> {

    private static final Map<String, String> MAIN_CLASSES = Map.of("sse", "io.ratemesh.benchmarks.sse.SseBenchmark");
    private static final List<String> TO_COME = List.of("proxy", "convert", "static", "start", "jmh");

    private final Workplace workplace;

    @Parameters(index = "0", arity = "0..1", paramLabel = "WHAT", description = "sse; the others are to come.")
    private Optional<String> what = Optional.empty();

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    public BenchCommand(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public Integer call() {
        String name = what.orElseThrow(() -> Failure.wrongUsage("bench: which one? (expected: sse)"));
        if (TO_COME.contains(name)) {
            throw Failure.wrongUsage("bench " + name + " is to come (expected: sse)");
        }
        String mainClass = MAIN_CLASSES.get(name);
        if (mainClass == null) {
            throw Failure.wrongUsage("bench " + name + " is unknown (expected: sse)");
        }
        return new BenchmarkRun(workplace).run(mainClass, arguments);
    }
}
