package io.ratemesh.benchmarks.chaos;

import io.ratemesh.benchmarks.process.Delay;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Injects faults into a cluster under load, one after the other, and waits each time until it has recovered by itself. */
record ChaosRun(
        ChaosCluster cluster,
        ChaosNetwork network,
        ConversionLoad load,
        ChaosReaders readers,
        ReceivedBooks books,
        ChaosPlan plan) {

    /** What is in flight has arrived then, and readers have received what they may have missed. */
    private static final Duration SETTLE = Duration.ofSeconds(3);

    private static final Duration POLL = Duration.ofMillis(100);

    ChaosResult run(ChaosFault fault) {
        Violations violations = books.begin(fault.splits());
        ConversionLoad.Counts counts = load.begin();
        long connections = readers.connections();
        Runnable end = fault.inject(cluster, network, plan.converters());
        Delay.sleep(fault == ChaosFault.PARTITION ? plan.partition() : plan.hold());
        Instant ended = Instant.now();
        end.run();
        long endedNanos = System.nanoTime();
        Optional<Duration> recovery = recovery(ended, endedNanos);
        books.joined();
        Delay.sleep(SETTLE);
        counts.end();
        books.settle();
        ChaosResult result = new ChaosResult(fault, counts, violations, readers.connections() - connections, recovery);
        System.out.println(fault.label() + ": " + (result.isGood() ? "nothing noticed" : "NOTICED " + result.toJson())
                + ", recovery " + result.recoveryText());
        return result;
    }

    /** The time until nothing was missing, and still was not a little later. */
    private Optional<Duration> recovery(Instant ended, long endedNanos) {
        String missing = "";
        while (System.nanoTime() - endedNanos < plan.recovery().toNanos()) {
            Optional<String> now = missing(ended, endedNanos);
            Duration time = Duration.ofNanos(System.nanoTime() - endedNanos);
            Delay.sleep(now.isEmpty() ? SETTLE : POLL);
            if (now.isEmpty() && missing(ended, endedNanos).isEmpty()) {
                System.out.println("recovered; last missing: " + missing);
                return Optional.of(time);
            }
            missing = now.orElse(missing);
        }
        System.out.println("not recovered: " + missing);
        return Optional.empty();
    }

    private Optional<String> missing(Instant ended, long endedNanos) {
        return cluster.missing()
                .or(() -> cluster.storesSince(ended) ? Optional.empty() : Optional.of("a rates node stores no books"))
                .or(() -> readers.allReceivedSince(endedNanos)
                        ? Optional.empty()
                        : Optional.of("a reader receives nothing"));
    }
}
