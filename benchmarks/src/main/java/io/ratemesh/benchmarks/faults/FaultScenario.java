package io.ratemesh.benchmarks.faults;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One fault behind one front door, and what came of it.
 *
 * @param contender the front door's name
 * @param tally what became of the requests
 * @param lastFailure from the fault to the last failure; none where none failed, or all before the fault
 * @param askedAgain from when the upstream was well again, or there, until a request reached it; none where that took too long
 */
record FaultScenario(
        Fault fault,
        String contender,
        FailureCounts tally,
        Optional<Duration> lastFailure,
        Optional<Duration> askedAgain) {

    /**
     * Of times of {@link System#nanoTime()}.
     *
     * @param faultNanos when the fault came
     * @param healedNanos when it was over
     * @param askedNanos when the upstream was asked again
     */
    static FaultScenario of(
            Fault fault,
            String contender,
            FailureCounts tally,
            long faultNanos,
            long healedNanos,
            OptionalLong askedNanos) {
        return new FaultScenario(
                fault, contender, tally, since(faultNanos, tally.lastFailure()), since(healedNanos, askedNanos));
    }

    private static Optional<Duration> since(long begin, OptionalLong end) {
        return end.isEmpty() || end.getAsLong() - begin < 0
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(end.getAsLong() - begin));
    }
}
