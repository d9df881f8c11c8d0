package io.ratemesh.benchmarks.peer;

import io.ratemesh.benchmarks.load.Comparison;
import io.ratemesh.benchmarks.load.LoadPlan;
import io.ratemesh.benchmarks.load.Rotation;
import io.ratemesh.benchmarks.load.Round;
import io.ratemesh.benchmarks.process.FreePorts;
import io.ratemesh.benchmarks.process.RunFolder;
import io.ratemesh.benchmarks.process.ServerProcess;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Those that are compared, all running; each is loaded while the others rest. */
public final class Contenders implements AutoCloseable {

    private final List<Started> started = new ArrayList<>();

    private Contenders() {}

    /** A contender and its process. */
    public record Started(Contender contender, ServerProcess server) {

        public String name() {
            return contender.name();
        }
    }

    /**
     * Starts all and waits until they serve.
     *
     * @param folder where each gets a folder of its own
     * @param path what each must answer with 200
     * @throws IllegalStateException where one does not
     */
    public static Contenders start(List<Contender> contenders, RunFolder folder, String path) {
        Contenders lineup = new Contenders();
        try {
            for (Contender contender : contenders) {
                String place = contender.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-");
                lineup.started.add(new Started(contender, contender.start(folder.of(place), FreePorts.next())));
            }
            lineup.started.forEach(one -> one.server().awaitAnswer(path));
            return lineup;
        } catch (RuntimeException e) {
            lineup.close();
            throw e;
        }
    }

    public List<Started> all() {
        return List.copyOf(started);
    }

    /** The one of that name, where it is among them. */
    public Optional<Started> find(String name) {
        return started.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /** A line for each: what was on. */
    public List<String> says() {
        return started.stream().map(one -> "- " + one.contender().says()).toList();
    }

    /**
     * Loads all by turns with wrk, after a warm-up of each.
     *
     * @param what the table calls it
     */
    public Comparison compare(String what, LoadPlan aim, int warmUpSeconds, int rounds, int seconds) {
        started.forEach(one -> Round.of(one.server(), aim, warmUpSeconds));
        return new Comparison(what, turns(all(), rounds, one -> Round.of(one.server(), aim, seconds)));
    }

    /** What some of them did by turns, by name. */
    public static <R> Map<String, List<R>> turns(List<Started> some, int rounds, Function<Started, R> round) {
        Map<String, List<R>> named = new LinkedHashMap<>();
        Rotation.take(some, rounds, round).forEach((one, results) -> named.put(one.name(), results));
        return named;
    }

    @Override
    public void close() {
        started.forEach(one -> one.server().close());
    }
}
