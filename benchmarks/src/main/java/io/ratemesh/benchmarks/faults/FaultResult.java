package io.ratemesh.benchmarks.faults;

import io.ratemesh.benchmarks.report.Figure;
import io.ratemesh.benchmarks.report.Measure;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

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

    private static final double MILLIS_PER_SECOND = 1e3;

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

    /** The failures, and the time of the recovery if there was one. */
    Stream<Figure> figures() {
        return Stream.concat(
                Stream.of(Figure.once(fault.label(), contender, Measure.FAILURES, (double) counts.failures())),
                recovery.stream()
                        .map(time -> Figure.once(
                                fault.label() + ": recovery",
                                contender,
                                Measure.TIME,
                                time.toMillis() / MILLIS_PER_SECOND)));
    }

    private static Optional<Duration> since(long begin, OptionalLong end) {
        return end.isEmpty() || end.getAsLong() - begin < 0
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(end.getAsLong() - begin));
    }
}
