package io.ratemesh.balancer.http;

import io.vertx.core.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Hears of what was answered before anybody behind the port saw it as a request. */
@FunctionalInterface
public interface RefusalListener {

    /**
     * Something was refused.
     *
     * @param client who sent it; null where that is not known any more
     * @param status of the answer, 400 to 505
     * @param millis since its first octet came, as far as it did not come at once
     */
    void refused(@Nullable SocketAddress client, int status, long millis);

    /** The rest of a request was refused whose head the server has seen; the connection has it as {@link EarlyClose}. */
    default void refusedMidway(@Nullable SocketAddress client, int status) {
        refused(client, status, 0);
    }
}
