package io.ratemesh.benchmarks.sse;

import io.ratemesh.benchmarks.cluster.BenchCluster;
import io.ratemesh.benchmarks.cluster.BookGenerator;
import io.ratemesh.benchmarks.cluster.ServiceBuild;
import io.ratemesh.benchmarks.command.BenchmarkCommand;
import io.ratemesh.benchmarks.load.ConnectionGroup;
import io.ratemesh.benchmarks.process.Delay;
import io.ratemesh.benchmarks.process.Machine;
import io.ratemesh.benchmarks.process.ProgressLine;
import io.ratemesh.benchmarks.process.ServerProcess;
import io.ratemesh.benchmarks.report.Report;
import io.ratemesh.benchmarks.report.Table;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
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
    private static final List<Integer> COMPARED_READERS = List.of(1000, 5000, 10_000);
    private static final int MIN_SECONDS = 6;
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String DELIVERED = "ratemesh_converter_updates_delivered_total";
    private static final String STALLED = "ratemesh_converter_streams_stalled_total";

    @Option(
            names = "--readers",
            split = ",",
            paramLabel = "N",
            description = "Number of streams (10000; 5000 through a balancer); several compared (1000,5000,10000).")
    private List<Integer> readers = List.of();

    @Option(names = "--seconds", paramLabel = "M", description = "Seconds to measure (${DEFAULT-VALUE}).")
    private int seconds = 60;

    @Option(
            names = "--contenders",
            split = ",",
            paramLabel = "NAME",
            description = "${COMPLETION-CANDIDATES} (ratemesh); with several, deliveries are compared.")
    private List<StreamContender> contenders = List.of(StreamContender.RATEMESH);

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds per contender, interleaved, if compared (1).")
    private int rounds = 1;

    @Option(
            names = "--slow",
            paramLabel = "K",
            description = "Readers of all pairs that stop reading after a sixth of the time (0).")
    private Optional<Integer> slow = Optional.empty();

    @Option(names = "--through-balancer", description = "Connect the readers through a balancer.")
    private boolean throughBalancer;

    @Override
    protected void validate() {
        readers.forEach(this::requireConnections);
        if (isComparison()) {
            require(
                    !throughBalancer && slow.isEmpty(),
                    "--through-balancer and --slow are for one number of readers of ratemesh alone");
            require(
                    contenders.stream().distinct().count() == contenders.size(),
                    "--contenders: a name occurs twice; use each at most once");
            requireFileDescriptors(Collections.max(comparedReaders()));
            return;
        }
        SsePlan plan = plan();
        require(
                seconds >= MIN_SECONDS || plan.slow() == 0,
                "--seconds: " + seconds + " is too small with --slow; use " + MIN_SECONDS + " or more");
        require(
                plan.slow() >= 0 && plan.slow() < plan.readers(),
                "--slow: " + plan.slow() + " is out of range; use 0 or more, and less than --readers");
        requireFileDescriptors((throughBalancer ? 2L : 1L) * plan.readers());
    }

    private void requireConnections(int count) {
        require(
                count <= ConnectionGroup.MAX_CONNECTIONS,
                "--readers: " + count + " is out of range; use 1 to " + ConnectionGroup.MAX_CONNECTIONS);
    }

    private boolean isComparison() {
        return contenders.size() > 1 || readers.size() > 1 || contenders.contains(StreamContender.NCHAN);
    }

    private List<Integer> comparedReaders() {
        return readers.isEmpty() ? COMPARED_READERS : readers;
    }

    @Override
    protected String title() {
        if (isComparison()) {
            return Machine.description();
        }
        SsePlan plan = plan();
        return plan.readers() + " readers" + (throughBalancer ? " through a balancer" : "") + ", of which "
                + plan.slow() + " stop reading";
    }

    private SsePlan plan() {
        int byDefault = throughBalancer ? READERS_THROUGH_BALANCER : READERS;
        int count = readers.isEmpty() ? byDefault : readers.get(0);
        return new SsePlan(count, seconds, slow.orElse(0), throughBalancer);
    }

    @Override
    protected Report run(ServiceBuild services) {
        if (isComparison()) {
            return StreamComparison.run(services, contenders, comparedReaders(), rounds, seconds);
        }
        SsePlan plan = plan();
        BookGenerator books = new BookGenerator();
        long version = System.currentTimeMillis();
        UpdateTimings timings = new UpdateTimings(plan, version + 1);
        try (BenchCluster cluster = BenchCluster.start(services, books, version, throughBalancer);
                ReaderGroup group = new ReaderGroup(plan, timings)) {
            ClusterUsage idle = ClusterUsage.of(cluster);
            group.connect(
                    cluster.port(),
                    reader -> BookGenerator.streamTarget(reader, group.isSlow(reader)),
                    EventIdParser.ID);
            ProgressLine.print(plan.readers() + " readers have received rates");
            return publish(plan, cluster, books, timings, group, idle);
        }
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
