package io.ratemesh.benchmarks.sse;

import io.ratemesh.benchmarks.process.ProcessUsage;
import io.ratemesh.model.RateBook;

/** A running server of event streams, and how it gets updates. */
public interface StreamServer extends AutoCloseable {

    /** The name in tables. */
    String name();

    /** What it does, in one sentence. */
    String description();

    int port();

    /** The target of a reader's stream, by its index. */
    String target(int reader);

    /** What precedes the version in a line of an event. */
    String versionPrefix();

    /** Gives it an update, and waits until it has accepted it, not until readers have it. */
    void publish(RateBook book);

    /** CPU time and memory of its processes. */
    ProcessUsage usage();

    @Override
    void close();
}
