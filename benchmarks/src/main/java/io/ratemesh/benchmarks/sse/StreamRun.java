package io.ratemesh.benchmarks.sse;

import io.ratemesh.benchmarks.cluster.BookGenerator;
import io.ratemesh.benchmarks.process.Delay;
import io.ratemesh.benchmarks.process.ProcessUsage;
import io.ratemesh.benchmarks.process.ProgressLine;
import java.time.Duration;

/** Runs with readers of one server, each with new readers. Versions continue from run to run. */
public final class StreamRun {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final double NANOS_PER_SECOND = 1e9;

    private final StreamServer server;
    private long version;

    /**
     * Creates the runs of a server.
     *
     * @param version that the server has
     */
    public StreamRun(StreamServer server, long version) {
        this.server = server;
        this.version = version;
    }

    public StreamServer server() {
        return server;
    }

    /**
     * Connects readers, publishes {@link SsePlan#WARM_UP} updates and then the measured ones, and disconnects.
     *
     * @param books from which the updates are
     * @param updates to measure
     * @param period between two updates
     * @throws IllegalStateException if a reader did not receive each version once and in order
     */
    public StreamRound measure(BookGenerator books, int readers, int updates, Duration period) {
        SsePlan plan = new SsePlan(readers, updates, 0, false);
        UpdateTimings timings = new UpdateTimings(plan, version + 1);
        try (ReaderGroup group = new ReaderGroup(plan, timings)) {
            group.connect(server.port(), server::target, server.versionPrefix());
            ProgressLine.step(readers + " readers, " + server.name());
            ProcessUsage begin = ProcessUsage.NONE;
            ProcessUsage peak = ProcessUsage.NONE;
            long due = System.nanoTime();
            for (int update = 0; update < plan.updates(); update++) {
                if (update == SsePlan.WARM_UP) {
                    begin = server.usage();
                    due = System.nanoTime();
                }
                version++;
                timings.recordPublished(update, System.nanoTime());
                server.publish(books.book(version));
                due += period.toNanos();
                Delay.sleep(Duration.ofNanos(due - System.nanoTime()));
                peak = peak.max(server.usage());
            }
            requireComplete(timings, group);
            ProcessUsage end = server.usage();
            return new StreamRound(
                    readers,
                    (long) readers * updates,
                    updates,
                    end.cpu().minus(begin.cpu()).toNanos() / NANOS_PER_SECOND,
                    timings.lastReader(),
                    peak.max(end).residentBytes());
        }
    }

    /** The name of the server. */
    @Override
    public String toString() {
        return server.name();
    }

    private void requireComplete(UpdateTimings timings, ReaderGroup group) {
        boolean complete = Delay.await(timings::isComplete, TIMEOUT);
        int outOfOrder = group.counts().outOfOrder.get();
        if (!complete || outOfOrder > 0) {
            throw new IllegalStateException(
                    server.name() + ": readers have not received each version once and in order (" + outOfOrder
                            + " out of order" + (complete ? ")" : ", others missing)"));
        }
    }
}
