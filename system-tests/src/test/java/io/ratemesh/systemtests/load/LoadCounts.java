package io.ratemesh.systemtests.load;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Counts, written by the load's event loop and read by the test. */
final class LoadCounts {

    private final Map<String, Integer> failures = new TreeMap<>();
    private final Map<String, Integer> responsesByNode = new TreeMap<>();
    private long requests;
    private long slowestNanos;
    private Instant slowestEnded = Instant.EPOCH;
    private int ended;

    synchronized void enter(Verdict verdict, long nanos) {
        requests++;
        if (nanos > slowestNanos) {
            slowestNanos = nanos;
            slowestEnded = Instant.now();
        }
        if (verdict.failure().isEmpty()) {
            responsesByNode.merge(verdict.servedBy(), 1, Integer::sum);
        } else {
            failures.merge(verdict.failure(), 1, Integer::sum);
        }
    }

    synchronized void end() {
        ended++;
    }

    synchronized long requests() {
        return requests;
    }

    synchronized int ended() {
        return ended;
    }

    synchronized LoadReport report() {
        return new LoadReport(
                requests,
                Map.copyOf(failures),
                Map.copyOf(responsesByNode),
                Duration.ofNanos(slowestNanos),
                slowestEnded);
    }
}
