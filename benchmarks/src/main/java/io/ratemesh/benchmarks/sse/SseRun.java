package io.ratemesh.benchmarks.sse;

import io.ratemesh.benchmarks.cluster.BenchCluster;
import io.ratemesh.benchmarks.cluster.Market;
import io.ratemesh.benchmarks.process.ServerProcess;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One run: connect all, publish a book a second, measure. */
final class SseRun {

    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final String DELIVERED = "ratemesh_converter_updates_delivered_total";
    private static final String STUCK = "ratemesh_converter_streams_stalled_total";
    private static final double BYTES_PER_MB = 1e6;

    private final SsePlan plan;
    private final BenchCluster cluster;
    private final Market market;
    private final Updates updates;
    private final ReaderGroup readers;
    private final PrintStream progress;

    SseRun(
            SsePlan plan,
            BenchCluster cluster,
            Market market,
            Updates updates,
            ReaderGroup readers,
            PrintStream progress) {
        this.plan = plan;
        this.cluster = cluster;
        this.market = market;
        this.updates = updates;
        this.readers = readers;
        this.progress = progress;
    }

    /** Takes as long as planned, and a little for those that come late. */
    SseReport measure() {
        ServerProcess converter = cluster.converter();
        Footprint alone = Footprint.of(cluster);
        readers.connect(cluster.port());
        SseReader.Tally tally = readers.tally();
        await(() -> tally.greeted.get() + tally.refused.get() >= plan.readers());
        if (tally.greeted.get() < plan.readers()) {
            throw new IllegalStateException(tally.greeted.get() + " of " + plan.readers()
                    + " readers have their first rates, " + tally.refused.get() + " were answered with an error: "
                    + tally.firstRefusal.get());
        }
        progress.printf("%d readers have their first rates%n", plan.readers());
        Footprint begun = alone;
        Footprint most = alone;
        double deliveredBefore = 0;
        long due = System.nanoTime();
        for (int update = 0; update < plan.updates(); update++) {
            if (update == SsePlan.WARM_UP) {
                begun = Footprint.of(cluster);
                deliveredBefore = converter.metric(DELIVERED);
                due = System.nanoTime();
            }
            if (update == plan.stallAt()) {
                readers.stall();
            }
            updates.published(update, System.nanoTime());
            cluster.publisher().publish(market.book(updates.firstVersion() + update));
            due += PERIOD_NANOS;
            pauseUntil(due);
            most = most.or(Footprint.of(cluster));
            tell(update, most);
        }
        await(updates::complete);
        Footprint ended = Footprint.of(cluster);
        double delivered = converter.metric(DELIVERED) - deliveredBefore;
        return new SseReport(plan, updates, readers.tally(), alone, begun, ended, most, (long) delivered, (int)
                converter.metric(STUCK));
    }

    private void tell(int update, Footprint now) {
        progress.printf(
                Locale.ROOT,
                "update %d%s: %d of %d readers, the last after %d ms; converter %.0f MB%n",
                update + 1,
                update < SsePlan.WARM_UP ? " (warm-up)" : "",
                updates.heard(update),
                plan.steady(),
                TimeUnit.MICROSECONDS.toMillis(updates.lastReaderMicros(update)),
                now.converter().residentBytes() / BYTES_PER_MB);
    }

    /** Waits for a condition; gives up quietly after a minute, since the report says what is missing. */
    private static void await(BooleanSupplier condition) {
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean() && System.nanoTime() < until) {
            pauseUntil(System.nanoTime() + LOOK_NANOS);
        }
    }

    private static void pauseUntil(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos - System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }
}
