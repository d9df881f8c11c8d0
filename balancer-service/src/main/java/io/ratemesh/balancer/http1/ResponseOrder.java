package io.ratemesh.balancer.http1;

import io.ratemesh.balancer.http.RefusalReason;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a connection whose responses are not complete, which are written in the order of the requests (RFC 9112 §9.3.2).
 * A rejection is the response to the last request: it is due when all responses before it are complete.
 */
final class ResponseOrder {

    /** What the balancer has to write now. */
    enum Due {
        NOTHING,
        /** The response of the rejection, and the end of the connection. */
        REJECTION,
        /** The end of the connection. */
        END
    }

    private int pending;
    private int completed;
    private boolean begun;
    private boolean untilClose;
    private @Nullable RefusalReason rejection;
    private boolean rejectedInBody;

    void requestReceived() {
        pending++;
    }

    /** The last request is not shown to the server after all. */
    void requestWithdrawn() {
        pending--;
    }

    /** Whether all responses are complete. */
    boolean isIdle() {
        return pending == 0;
    }

    /** Whether a response is under way, or due next, that is for the last request received. */
    boolean isAtLastRequest() {
        return pending == 1;
    }

    /** The number of the last request received, from 0. */
    int lastRequest() {
        return completed + pending - 1;
    }

    /** The number of the request that is being responded to, from 0. */
    int currentRequest() {
        return completed;
    }

    /**
     * A final response begins.
     *
     * @param http10 whether its version is HTTP/1.0, in which the end of the connection can be the end of the body
     */
    void responseBegins(boolean http10) {
        begun = true;
        untilClose = http10;
    }

    boolean hasBegun() {
        return begun;
    }

    /** Whether a response is under way that the end of the connection may make look complete. */
    boolean isUntilClose() {
        return begun && untilClose;
    }

    void responseEnds() {
        pending--;
        completed++;
        begun = false;
    }

    /**
     * Rejects the last request.
     *
     * @param inBody whether the server has seen its head
     */
    void reject(RefusalReason reason, boolean inBody) {
        rejection = reason;
        rejectedInBody = inBody;
    }

    boolean isRejected() {
        return rejection != null;
    }

    RefusalReason rejection() {
        return Objects.requireNonNull(rejection, "rejected");
    }

    /**
     * What is due now. A rejected body gets no response of its own if the server has begun one.
     *
     * @param last whether no request follows
     */
    Due due(boolean last) {
        if (rejection == null) {
            return last && pending == 0 ? Due.END : Due.NOTHING;
        }
        if (!rejectedInBody) {
            return pending == 0 ? Due.REJECTION : Due.NOTHING;
        }
        if (pending > 1) {
            return Due.NOTHING;
        }
        return pending == 0 || begun ? Due.END : Due.REJECTION;
    }
}
