package io.ratemesh.benchmarks.fuzz;

import io.ratemesh.benchmarks.cluster.BenchCluster;
import io.ratemesh.benchmarks.cluster.Market;
import io.ratemesh.benchmarks.process.MemoryTrend;
import io.ratemesh.benchmarks.process.PausedProcess;
import io.ratemesh.benchmarks.process.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** One run: some threads send while this one publishes a book a second and looks at the converter's memory. */
final class FuzzRun {

    private static final int SENDERS = 4;
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final int LOOKS_PER_BOOK = 4;
    private static final double NANOS_PER_SECOND = 1e9;

    /** As the JDK counts them; what Netty takes past it is in the resident memory only. */
    private static final String DIRECT = "jvm_buffer_memory_used_bytes{id=\"direct\"}";

    private final long seed;
    private final long requests;
    private final BenchCluster cluster;
    private final Market market;
    private final FuzzCounts tally = new FuzzCounts();
    private final MemoryTrend resident = new MemoryTrend();
    private final MemoryTrend direct = new MemoryTrend();
    private final AtomicLong conversations = new AtomicLong();

    /**
     * A run on a cluster.
     *
     * @param requests how many are sent, or a few more: the last conversations are held to their end
     */
    FuzzRun(long seed, long requests, BenchCluster cluster, Market market) {
        this.seed = seed;
        this.requests = requests;
        this.cluster = cluster;
        this.market = market;
    }

    /** Sends all. */
    FuzzReport run(long version) {
        long begun = System.nanoTime();
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            Thread sender = new Thread(this::send, "sender-" + i);
            sender.start();
            senders.add(sender);
        }
        ServerProcess converter = cluster.converter();
        long newest = version;
        long directBytes = 0;
        for (long look = 0; senders.stream().anyMatch(Thread::isAlive) && converter.isAlive(); look++) {
            if (look % LOOKS_PER_BOOK == 0) {
                cluster.publisher().publish(market.book(++newest));
                directBytes = (long) converter.metric(DIRECT);
            }
            double share = (double) tally.sent() / requests;
            resident.note(share, converter.usage().residentBytes());
            direct.note(share, directBytes);
            PausedProcess.of(LOOK);
        }
        double seconds = (System.nanoTime() - begun) / NANOS_PER_SECOND;
        return new FuzzReport(seed, seconds, tally, resident, direct, serves(converter), errors(converter));
    }

    private void send() {
        RequestSequence conversation = new RequestSequence(seed, cluster.port(), tally);
        while (tally.sent() < requests && cluster.converter().isAlive()) {
            conversation.hold(conversations.getAndIncrement());
        }
        conversation.end();
    }

    private static boolean serves(ServerProcess converter) {
        try {
            converter.awaitAnswer("/api/v1/convert?from=USD&to=JPY&amount=1");
            return converter.isAlive();
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private static List<String> errors(ServerProcess converter) {
        try (Stream<String> lines = Files.lines(converter.log())) {
            return lines.filter(line -> line.contains(" ERROR ")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
