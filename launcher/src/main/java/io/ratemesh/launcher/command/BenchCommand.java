package io.ratemesh.launcher.command;

import io.ratemesh.launcher.outcome.Failure;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bench}. */
@Command(name = "bench", description = "Side-by-side benchmarks: proxy, convert, static, sse, start or jmh. To come.")
public final class BenchCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "WHAT", description = "proxy, convert, static, sse, start or jmh.")
    private Optional<String> what = Optional.empty();

    @Override
    public Integer call() {
        throw Failure.failed("bench " + what.map(name -> name + " ").orElse("")
                + "is to come: side-by-side runs against HAProxy, nginx and others, in the benchmarks module");
    }
}
