package io.ratemesh.node.warmup;

import java.io.IOException;

/** The requests of a warm-up. A thread of its own sends them, since they block. */
public interface WarmUpRequests extends AutoCloseable {

    /**
     * Sends a few requests, and reads their responses.
     *
     * @return how many
     */
    int send() throws IOException;

    @Override
    void close() throws IOException;
}
