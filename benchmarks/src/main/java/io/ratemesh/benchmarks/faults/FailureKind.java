package io.ratemesh.benchmarks.faults;

/** Why a request failed. */
enum FailureKind {
    /** An answer other than 2xx. */
    STATUS,
    /** The connection ended before the answer did, or the answer is no HTTP. */
    RESET,
    /** No whole answer in time. */
    TIMEOUT
}
