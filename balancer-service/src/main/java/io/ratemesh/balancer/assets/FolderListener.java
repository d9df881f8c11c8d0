package io.ratemesh.balancer.assets;

import io.vertx.core.http.HttpServerRequest;

/** Receives the end of each response from a folder, on the event loop of its request. */
@FunctionalInterface
public interface FolderListener {

    /** How a response ended. */
    enum End {
        COMPLETE,
        /** The client aborted. */
        CLIENT_ABORT,
        /** The file could not be sent completely. */
        FAILED
    }

    /**
     * Called when a response has ended.
     *
     * @param startNanos start of the request, by {@link System#nanoTime}
     */
    void ended(HttpServerRequest request, long startNanos, End end);
}
