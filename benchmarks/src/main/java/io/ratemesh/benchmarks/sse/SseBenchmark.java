package io.ratemesh.benchmarks.sse;

import io.ratemesh.benchmarks.cluster.BenchCluster;
import io.ratemesh.benchmarks.cluster.BookGenerator;
import io.ratemesh.benchmarks.cluster.ServiceBuild;
import io.ratemesh.benchmarks.command.BenchmarkCommand;
import io.ratemesh.benchmarks.load.ConnectionGroup;
import io.ratemesh.benchmarks.process.Delay;
import io.ratemesh.benchmarks.process.ProgressLine;
import io.ratemesh.benchmarks.process.ServerProcess;
import io.ratemesh.benchmarks.report.Report;
import io.ratemesh.benchmarks.report.Table;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench sse}. */
@Command(
        name = "sse",
        description = "Connects readers to one converter, publishes a book per second, checks and measures delivery.")
public final class SseBenchmark extends BenchmarkCommand {

    private static final int READERS = 10_000;
    private static final int READERS_THROUGH_BALANCER = 5_000;
    private static final int MIN_SECONDS = 6;
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String DELIVERED = "ratemesh_converter_updates_delivered_total";
    private static final String STALLED = "ratemesh_converter_streams_stalled_total";

    @Option(names = "--readers", paramLabel = "N", description = "Number of streams (10000; 5000 through a balancer).")
    private Optional<Integer> readers = Optional.empty();

    @Option(names = "--seconds", paramLabel = "M", description = "Seconds to measure (${DEFAULT-VALUE}).")
    private int seconds = 60;

    @Option(
            names = "--slow",
            paramLabel = "K",
            description = "Readers of all pairs that stop reading after a sixth of the time (0).")
    private Optional<Integer> slow = Optional.empty();

    @Option(names = "--through-balancer", description = "Connect the readers through a balancer.")
    private boolean throughBalancer;

    @Override
    protected void validate() {
        SsePlan plan = plan();
        require(
                plan.readers() >= 1 && plan.readers() <= ConnectionGroup.MAX_CONNECTIONS,
                "--readers: " + plan.readers() + " is out of range; use 1 to " + ConnectionGroup.MAX_CONNECTIONS);
        require(
                seconds >= MIN_SECONDS || plan.slow() == 0,
                "--seconds: " + seconds + " is too small with --slow; use " + MIN_SECONDS + " or more");
        require(
                plan.slow() >= 0 && plan.slow() < plan.readers(),
                "--slow: " + plan.slow() + " is out of range; use 0 or more, and less than --readers");
        requireFileDescriptors((throughBalancer ? 2L : 1L) * plan.readers());
    }

    @Override
    protected String title() {
        SsePlan plan = plan();
        return plan.readers() + " readers" + (throughBalancer ? " through a balancer" : "") + ", of which "
                + plan.slow() + " stop reading";
    }

    private SsePlan plan() {
        int count = readers.orElse(throughBalancer ? READERS_THROUGH_BALANCER : READERS);
        return new SsePlan(count, seconds, slow.orElse(0), throughBalancer);
    }

    @Override
    protected Report run(ServiceBuild services) {
        SsePlan plan = plan();
        BookGenerator books = new BookGenerator();
        long version = System.currentTimeMillis();
        UpdateTimings timings = new UpdateTimings(plan, version + 1);
        try (BenchCluster cluster = BenchCluster.start(services, books, version, throughBalancer);
                ReaderGroup group = new ReaderGroup(plan, timings)) {
            ClusterUsage idle = ClusterUsage.of(cluster);
            connect(plan, group, cluster.port());
            return publish(plan, cluster, books, timings, group, idle);
        }
    }

    private static void connect(SsePlan plan, ReaderGroup group, int port) {
        ProgressLine.step("connecting " + plan.readers() + " readers");
        group.connect(port);
        SseReader.Counts counts = group.counts();
        Delay.await(() -> counts.started.get() + counts.rejected.get() >= plan.readers(), TIMEOUT);
        if (counts.started.get() < plan.readers()) {
            throw new IllegalStateException(counts.started.get() + " of " + plan.readers()
                    + " readers have received rates, " + counts.rejected.get() + " were rejected: "
                    + counts.firstRejection.get());
        }
        ProgressLine.print(plan.readers() + " readers have received rates");
    }

    private static Report publish(
            SsePlan plan,
            BenchCluster cluster,
            BookGenerator books,
            UpdateTimings timings,
            ReaderGroup group,
            ClusterUsage idle) {
        ServerProcess converter = cluster.converter();
        ClusterUsage begin = idle;
        ClusterUsage peak = idle;
        double deliveredBefore = 0;
        long due = System.nanoTime();
        for (int update = 0; update < plan.updates(); update++) {
            if (update == SsePlan.WARM_UP) {
                begin = ClusterUsage.of(cluster);
                deliveredBefore = converter.metric(DELIVERED);
                due = System.nanoTime();
            }
            if (update == plan.slowReadersStopAt()) {
                group.stopSlowReaders();
            }
            timings.recordPublished(update, System.nanoTime());
            cluster.publisher().publish(books.book(timings.firstVersion() + update));
            due += PERIOD_NANOS;
            Delay.sleep(Duration.ofNanos(due - System.nanoTime()));
            peak = peak.max(ClusterUsage.of(cluster));
            printProgress(plan, timings, update, peak);
        }
        // The report shows what is missing after a timeout.
        Delay.await(timings::isComplete, TIMEOUT);
        ClusterUsage end = ClusterUsage.of(cluster);
        long delivered = (long) (converter.metric(DELIVERED) - deliveredBefore);
        int stalled = (int) converter.metric(STALLED);
        return new SseReport(plan, timings, group.counts(), idle, begin, end, peak, delivered, stalled);
    }

    private static void printProgress(SsePlan plan, UpdateTimings timings, int update, ClusterUsage peak) {
        ProgressLine.print("update " + (update + 1) + (update < SsePlan.WARM_UP ? " (warm-up): " : ": ")
                + timings.received(update) + " of " + plan.steady() + " readers, the last after "
                + TimeUnit.MICROSECONDS.toMillis(timings.lastReaderMicros(update)) + " ms; converter "
                + Table.megabytes(peak.converter().residentBytes()));
    }
}
