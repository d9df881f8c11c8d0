package io.ratemesh.benchmarks.sse;

import io.ratemesh.benchmarks.cluster.BookGenerator;
import io.ratemesh.benchmarks.cluster.ServiceBuild;
import io.ratemesh.benchmarks.load.InterleavedRounds;
import io.ratemesh.benchmarks.process.ProgressLine;
import io.ratemesh.benchmarks.process.RunFolder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Several servers of streams with the same readers and updates, in turn. */
final class StreamComparison implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofSeconds(1);

    /** The first run of each server is not measured: a JVM is still cold. */
    private static final int WARM_UP_UPDATES = 100;

    private static final Duration WARM_UP_PERIOD = Duration.ofMillis(200);

    private final BookGenerator books = new BookGenerator();
    private final long version = System.currentTimeMillis();
    private final List<StreamRun> runs = new ArrayList<>();

    private StreamComparison() {}

    /**
     * Compares servers.
     *
     * @param readers numbers of readers, in the order in which they are measured
     * @param seconds measured in each round, with one update per second
     */
    static StreamReport run(
            ServiceBuild services, List<StreamContender> contenders, List<Integer> readers, int rounds, int seconds) {
        return RunFolder.use(false, folder -> {
            try (StreamComparison comparison = new StreamComparison()) {
                contenders.forEach(contender -> comparison.start(contender, services, folder));
                return comparison.measure(readers, rounds, seconds);
            }
        });
    }

    private void start(StreamContender contender, ServiceBuild services, RunFolder folder) {
        StreamServer server = switch (contender) {
            case RATEMESH -> ConverterStreams.start(services, books, version);
            case NCHAN -> NchanStreams.start(folder, books.book(version));
        };
        runs.add(new StreamRun(server, version));
    }

    private StreamReport measure(List<Integer> readers, int rounds, int seconds) {
        Map<String, Long> withoutReaders = new LinkedHashMap<>();
        runs.forEach(run -> {
            withoutReaders.put(run.toString(), run.server().usage().residentBytes());
            ProgressLine.step("warm-up, " + run);
            run.measure(books, readers.get(0), WARM_UP_UPDATES, WARM_UP_PERIOD);
        });
        Map<Integer, Map<String, List<StreamRound>>> results = new LinkedHashMap<>();
        for (int count : readers) {
            ProgressLine.print(count + " readers");
            Map<String, List<StreamRound>> byName = new LinkedHashMap<>();
            InterleavedRounds.run(runs, rounds, run -> run.measure(books, count, seconds, PERIOD))
                    .forEach((run, measured) -> byName.put(run.toString(), measured));
            results.put(count, byName);
        }
        List<String> descriptions = runs.stream()
                .map(run -> "- " + run + ": " + run.server().description())
                .toList();
        return new StreamReport(descriptions, results, withoutReaders);
    }

    @Override
    public void close() {
        runs.forEach(run -> run.server().close());
    }
}
