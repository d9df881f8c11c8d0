package io.ratemesh.benchmarks.contender;

import io.ratemesh.benchmarks.command.RoundOptions;
import io.ratemesh.benchmarks.load.InterleavedRounds;
import io.ratemesh.benchmarks.load.LoadCase;
import io.ratemesh.benchmarks.load.Round;
import io.ratemesh.benchmarks.process.FreePorts;
import io.ratemesh.benchmarks.process.ProgressLine;
import io.ratemesh.benchmarks.process.RunFolder;
import io.ratemesh.benchmarks.process.ServerProcess;
import io.ratemesh.benchmarks.report.Comparison;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Running contenders. One is loaded at a time. */
public final class Contenders implements AutoCloseable {

    private static final int SHORT_WARM_UP = 2;

    private final List<Started> started = new ArrayList<>();

    private Contenders() {}

    public record Started(Contender contender, ServerProcess server) {

        public String name() {
            return contender.name();
        }

        public int port() {
            return server.port();
        }

        @Override
        public String toString() {
            return name();
        }
    }

    /**
     * Starts contenders and waits until they are ready.
     *
     * @param folder in which each gets a folder
     * @param path that each serves when it is ready
     * @throws IllegalStateException if one does not get ready
     */
    public static Contenders start(List<Contender> contenders, RunFolder folder, String path) {
        Contenders all = new Contenders();
        try {
            for (Contender contender : contenders) {
                String name = contender.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-");
                ServerProcess server = contender.start(folder.subfolder(name), FreePorts.next());
                all.started.add(new Started(contender, server));
            }
            all.started.forEach(one -> {
                ProgressLine.step("waiting for " + one);
                one.server().awaitReady(path);
            });
            return all;
        } catch (RuntimeException e) {
            all.close();
            throw e;
        }
    }

    public List<Started> all() {
        return List.copyOf(started);
    }

    /** The contender with a name, if it takes part. */
    public Optional<Started> find(String name) {
        return started.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /** A Markdown list of the contenders' descriptions. */
    public List<String> descriptions() {
        return started.stream().map(one -> "- " + one.contender().description()).toList();
    }

    /** Loads all contenders with wrk: a warm-up of each, then interleaved rounds. */
    public Comparison compare(LoadCase load, RoundOptions options) {
        return compare(load, options, options.warmUp());
    }

    /** The same with another warm-up time. */
    public Comparison compare(LoadCase load, RoundOptions options, int warmUpSeconds) {
        return compare(
                load.label(), options, warmUpSeconds, (one, seconds) -> Round.run(one.server(), load.plan(), seconds));
    }

    /**
     * The same with another load.
     *
     * @param round loads one contender for a number of seconds
     */
    public Comparison compare(
            String label, RoundOptions options, int warmUpSeconds, BiFunction<Started, Integer, Round> round) {
        ProgressLine.print(label);
        started.forEach(one -> {
            ProgressLine.step("warm-up, " + one);
            var unused = round.apply(
                    one,
                    one.contender().isCompiledUnderLoad() ? warmUpSeconds : Math.min(SHORT_WARM_UP, warmUpSeconds));
        });
        return new Comparison(label, interleave(started, options.rounds(), one -> round.apply(one, options.seconds())));
    }

    /** Runs interleaved rounds on some contenders and returns the results by name. */
    public static <R> Map<String, List<R>> interleave(List<Started> some, int rounds, Function<Started, R> round) {
        Map<String, List<R>> byName = new LinkedHashMap<>();
        InterleavedRounds.run(some, rounds, round).forEach((one, results) -> byName.put(one.name(), results));
        return byName;
    }

    @Override
    public void close() {
        started.forEach(one -> one.server().close());
    }
}
