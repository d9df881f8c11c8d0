package io.ratemesh.balancer.assets;

import io.vertx.core.http.HttpServerRequest;

/** Is told of each response that a folder has given, on the event loop of its request. */
@FunctionalInterface
public interface FolderListener {

    /** How a response ended. */
    enum End {
        COMPLETE,
        /** The client left before. */
        CLIENT_ABORT,
        /** The file could not be sent to its end. */
        BROKEN
    }

    /**
     * A response has ended.
     *
     * @param beganNanos when the request came, by {@link System#nanoTime}
     */
    void ended(HttpServerRequest request, long beganNanos, End end);
}
