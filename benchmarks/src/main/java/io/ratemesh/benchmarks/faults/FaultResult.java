package io.ratemesh.benchmarks.faults;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One fault behind one contender.
 *
 * @param lastFailure time from the fault to the last failure; empty if no request failed after the fault
 * @param recovery time from the fault's removal to the first request that reached the upstream; empty if it took too long
 */
record FaultResult(
        Fault fault,
        String contender,
        FailureCounts counts,
        Optional<Duration> lastFailure,
        Optional<Duration> recovery) {

    /**
     * Creates a result from times of {@link System#nanoTime()}.
     *
     * @param injected when the fault was injected
     * @param removed when it was removed
     * @param reached when a request reached the upstream after that
     */
    static FaultResult of(
            Fault fault, String contender, FailureCounts counts, long injected, long removed, OptionalLong reached) {
        return new FaultResult(
                fault, contender, counts, since(injected, counts.lastFailure()), since(removed, reached));
    }

    private static Optional<Duration> since(long begin, OptionalLong end) {
        return end.isEmpty() || end.getAsLong() - begin < 0
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(end.getAsLong() - begin));
    }
}
