package io.ratemesh.benchmarks.faults;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;

/** Counts requests and failures. Used by one thread at a time. */
final class FailureCounts {

    /** Why a request failed. */
    enum Kind {
        /** A status other than 2xx. */
        STATUS,
        /** The connection ended before the response did, or the response is not HTTP. */
        RESET,
        /** The response was not complete in time. */
        TIMEOUT
    }

    private final Map<Kind, Long> failures = new EnumMap<>(Kind.class);
    private long requests;
    private long longestNanos;
    private OptionalLong lastFailure = OptionalLong.empty();

    void addRequest() {
        requests++;
    }

    /** Adds a successful response, timed from when its request was due. */
    void addSuccess(long nanos) {
        longestNanos = Math.max(longestNanos, nanos);
    }

    /** Adds a failure at a time of {@link System#nanoTime()}. */
    void addFailure(Kind kind, long atNanos) {
        failures.merge(kind, 1L, Long::sum);
        lastFailure = OptionalLong.of(atNanos);
    }

    long requests() {
        return requests;
    }

    long failures(Kind kind) {
        return failures.getOrDefault(kind, 0L);
    }

    long failures() {
        return failures.values().stream().mapToLong(Long::longValue).sum();
    }

    long longestNanos() {
        return longestNanos;
    }

    /** The time of the last failure, as {@link System#nanoTime()}. */
    OptionalLong lastFailure() {
        return lastFailure;
    }
}
