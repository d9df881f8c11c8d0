package io.ratemesh.benchmarks.fuzz;

import io.ratemesh.benchmarks.cluster.BenchCluster;
import io.ratemesh.benchmarks.cluster.BookGenerator;
import io.ratemesh.benchmarks.cluster.ServiceBuild;
import io.ratemesh.benchmarks.command.BenchmarkCommand;
import io.ratemesh.benchmarks.process.Delay;
import io.ratemesh.benchmarks.process.MemoryTrend;
import io.ratemesh.benchmarks.process.ProgressLine;
import io.ratemesh.benchmarks.process.ServerProcess;
import io.ratemesh.benchmarks.report.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench fuzz}: threads send requests while this one publishes a book per second and samples the converter's memory. */
@Command(
        name = "fuzz",
        description = "Sends valid, nearly valid and malformed requests to one converter and checks the responses.")
public final class FuzzBenchmark extends BenchmarkCommand {

    /** Fewer than the senders keep open, so that the limit is reached. */
    private static final String STREAM_LIMIT = "converter.stream.max-subscribers=60";

    private static final int SENDERS = 4;
    private static final Duration SAMPLE_INTERVAL = Duration.ofMillis(250);
    private static final int SAMPLES_PER_BOOK = 4;
    private static final double NANOS_PER_SECOND = 1e9;

    @Option(names = "--requests", paramLabel = "N", description = "Number of requests (${DEFAULT-VALUE}).")
    private long requests = 1_000_000;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of a run to repeat (a new one).")
    private Optional<Long> seed = Optional.empty();

    private final FuzzCounts counts = new FuzzCounts();
    private final AtomicLong connections = new AtomicLong();

    @Override
    protected String title() {
        return requests + " requests";
    }

    @Override
    protected Report run(ServiceBuild services) {
        long chosen = seed.orElseGet(() -> ThreadLocalRandom.current().nextLong(1, Integer.MAX_VALUE));
        ProgressLine.print("repeat this run with --seed " + chosen);
        BookGenerator books = new BookGenerator();
        long version = System.currentTimeMillis();
        ServiceBuild limited = services.with(STREAM_LIMIT).withConverterOptions(ServiceBuild.TOUCHED_HEAP);
        try (BenchCluster cluster = BenchCluster.start(limited, books, version, false)) {
            ProgressLine.print("the converter's log: " + cluster.converter().log());
            return run(chosen, cluster, books, version);
        }
    }

    private Report run(long seed, BenchCluster cluster, BookGenerator books, long firstVersion) {
        ServerProcess converter = cluster.converter();
        MemoryTrend resident = new MemoryTrend();
        MemoryTrend direct = new MemoryTrend();
        long begin = System.nanoTime();
        List<Thread> senders = startSenders(seed, cluster);
        long version = firstVersion;
        long directBytes = 0;
        for (long sample = 0; senders.stream().anyMatch(Thread::isAlive) && converter.isAlive(); sample++) {
            if (sample % SAMPLES_PER_BOOK == 0) {
                cluster.publisher().publish(books.book(++version));
                directBytes = (long) converter.metric(MemoryTrend.DIRECT_BUFFERS);
            }
            ProgressLine.step(counts.requests() + " of " + requests + " requests");
            double fraction = (double) counts.requests() / requests;
            resident.add(fraction, converter.usage().residentBytes());
            direct.add(fraction, directBytes);
            Delay.sleep(SAMPLE_INTERVAL);
        }
        double seconds = (System.nanoTime() - begin) / NANOS_PER_SECOND;
        return new FuzzReport(seed, seconds, counts, resident, direct, isServing(converter), converter.errorLines());
    }

    private List<Thread> startSenders(long seed, BenchCluster cluster) {
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            Thread sender = new Thread(() -> send(seed, cluster), "sender-" + i);
            sender.start();
            senders.add(sender);
        }
        return senders;
    }

    private void send(long seed, BenchCluster cluster) {
        FuzzConnection connection = new FuzzConnection(seed, cluster.port(), counts);
        while (counts.requests() < requests && cluster.converter().isAlive()) {
            connection.run(connections.getAndIncrement());
        }
        connection.closeStreams();
    }

    private static boolean isServing(ServerProcess converter) {
        try {
            converter.awaitReady("/api/v1/convert?from=USD&to=JPY&amount=1");
            return converter.isAlive();
        } catch (IllegalStateException e) {
            return false;
        }
    }
}
