package io.ratemesh.balancer.http;

import io.vertx.core.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Gets the requests that are rejected before the server sees them, or the rest of them. */
@FunctionalInterface
public interface RefusalListener {

    /**
     * A request was rejected.
     *
     * @param client null where its address is not known any more
     * @param status of the response, 400 to 505
     * @param millis since the first byte of the request; 0 where it arrived at once
     */
    void rejected(@Nullable SocketAddress client, int status, long millis);

    /**
     * A client closed its connection within the head of a request.
     *
     * @param millis since the first byte of the head
     */
    default void headAborted(@Nullable SocketAddress client, long millis) {}

    /** The rest of a request was rejected whose head the server has seen; {@link EarlyClose} has the reason. */
    default void bodyRejected(@Nullable SocketAddress client, int status) {
        rejected(client, status, 0);
    }
}
