package io.ratemesh.balancer.proxy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Times out clients that have stopped reading a response. Until then they occupy some buffers; the rest of the response is held back
 * at its upstream. One event loop owns it.
 */
final class StalledClients {

    /** A response to a client that may stall. */
    interface Response {

        /** The client took nothing for too long. */
        void clientTimedOut();
    }

    private final long timeoutNanos;

    /** In the order in which they stalled, since all have the same timeout. */
    private final Map<Response, Long> deadlines = new LinkedHashMap<>();

    StalledClients(Duration timeout) {
        this.timeoutNanos = timeout.toNanos();
    }

    /** Starts the timeout of a client that takes no more for now, if it is not running. */
    void add(Response response, long nowNanos) {
        deadlines.putIfAbsent(response, nowNanos + timeoutNanos);
    }

    /** Stops the timeout. */
    void remove(Response response) {
        deadlines.remove(response);
    }

    /** Times out those whose deadline is over; to be called regularly. */
    void sweep(long nowNanos) {
        while (!deadlines.isEmpty()) {
            Map.Entry<Response, Long> first = deadlines.entrySet().iterator().next();
            if (nowNanos - first.getValue() < 0) {
                return;
            }
            deadlines.remove(first.getKey());
            first.getKey().clientTimedOut();
        }
    }
}
