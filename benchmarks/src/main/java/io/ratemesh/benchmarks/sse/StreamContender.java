package io.ratemesh.benchmarks.sse;

/** The servers of streams by their names on the command line. */
enum StreamContender {
    RATEMESH,
    NCHAN
}
