package io.ratemesh.benchmarks.faults;

/** What an upstream does with requests, those of checks included. */
enum Behaviour {
    /** Answers at once with 200. */
    WELL,
    /** Accepts connections and resets them; those that are open, at their next request. */
    RESETTING,
    /** Answers with 200 after {@link FaultyUpstream#SLOW_MILLIS}. */
    SLOW,
    /** Answers at once with 500. */
    FAILING,
    /** Answers at once with what is no HTTP. */
    GARBLED
}
