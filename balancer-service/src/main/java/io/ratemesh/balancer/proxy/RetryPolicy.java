package io.ratemesh.balancer.proxy;

import io.vertx.core.http.HttpMethod;

/**
 * Whether a request is sent once more after it failed at an upstream. Decides only; the caller spends the budget and selects.
 *
 * <p>A refused connection has carried nothing, so any request may go to another upstream. Where a connection breaks before the first
 * byte of a response, the upstream may have acted on the request: it is repeated once, and only if its method is idempotent (RFC 9110
 * §9.2.2) and it has no body.
 *
 * @param repeatable whether the method is idempotent and there is no body
 */
record RetryPolicy(boolean repeatable) {

    /** What becomes of a request that failed. */
    enum Decision {
        /** Another upstream. */
        REPEAT_ELSEWHERE,
        /** Another upstream or the same one, but no connection that was kept. */
        REPEAT_ON_FRESH_CONNECTION,
        /** Nothing: it might be repeated, and the retry budget is spent. */
        DENIED_BY_BUDGET,
        /** Nothing. */
        FAIL
    }

    /** Failed connects of one request, so that a pool in which all refuse is not scanned for long. */
    private static final int MAX_CONNECTS = 5;

    private static final RetryPolicy REPEATABLE = new RetryPolicy(true);
    private static final RetryPolicy UNREPEATABLE = new RetryPolicy(false);

    static RetryPolicy of(HttpMethod method, boolean hasBody) {
        return !hasBody && isIdempotent(method) ? REPEATABLE : UNREPEATABLE;
    }

    /** Whether a request may still be repeated. */
    boolean mayRepeat(boolean repeatedBefore) {
        return repeatable && !repeatedBefore;
    }

    /**
     * A connection could not be opened.
     *
     * @param connects that failed so far, this one included
     */
    Decision afterFailedConnect(int connects) {
        return connects < MAX_CONNECTS ? Decision.REPEAT_ELSEWHERE : Decision.FAIL;
    }

    /** The upstream ended a kept connection as the request was on its way (RFC 9112 §9.3.1). This is no failure and needs no budget. */
    Decision afterKeptConnectionEnded(boolean repeatedBefore) {
        return mayRepeat(repeatedBefore) ? Decision.REPEAT_ON_FRESH_CONNECTION : Decision.FAIL;
    }

    /**
     * There is no response: the connection broke, or the upstream hangs.
     *
     * @param otherAvailable whether another upstream can be selected
     * @param budgetLeft whether the retry budget allows one more
     */
    Decision afterNoResponse(boolean repeatedBefore, boolean otherAvailable, boolean budgetLeft) {
        if (!mayRepeat(repeatedBefore) || !otherAvailable) {
            return Decision.FAIL;
        }
        return budgetLeft ? Decision.REPEAT_ELSEWHERE : Decision.DENIED_BY_BUDGET;
    }

    private static boolean isIdempotent(HttpMethod method) {
        return method.equals(HttpMethod.GET)
                || method.equals(HttpMethod.HEAD)
                || method.equals(HttpMethod.OPTIONS)
                || method.equals(HttpMethod.PUT)
                || method.equals(HttpMethod.DELETE);
    }
}
