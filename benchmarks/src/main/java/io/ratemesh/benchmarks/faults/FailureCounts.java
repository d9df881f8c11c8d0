package io.ratemesh.benchmarks.faults;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;

/** Counts what became of requests. Used by one thread at a time. */
final class FailureCounts {

    private final Map<FailureKind, Long> failures = new EnumMap<>(FailureKind.class);
    private long sent;
    private long longestNanos;
    private OptionalLong lastFailure = OptionalLong.empty();

    void sent() {
        sent++;
    }

    /** An answer that is a success came. */
    void answered(long tookNanos) {
        longestNanos = Math.max(longestNanos, tookNanos);
    }

    /** A request failed, at a time of {@link System#nanoTime()}. */
    void failed(FailureKind kind, long atNanos) {
        failures.merge(kind, 1L, Long::sum);
        lastFailure = OptionalLong.of(atNanos);
    }

    long requests() {
        return sent;
    }

    long failures(FailureKind kind) {
        return failures.getOrDefault(kind, 0L);
    }

    long failures() {
        return failures.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Of the successes, from when each was due. */
    long longestNanos() {
        return longestNanos;
    }

    /** When the last failure was seen, as {@link System#nanoTime()}. */
    OptionalLong lastFailure() {
        return lastFailure;
    }
}
