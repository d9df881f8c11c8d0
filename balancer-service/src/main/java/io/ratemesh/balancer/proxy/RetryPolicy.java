package io.ratemesh.balancer.proxy;

import io.vertx.core.http.HttpMethod;

/**
 * Whether a request that failed at one upstream may go to another.
 *
 * <p>A connect that was refused took nothing along, so the request may always go on. A connection that breaks before a
 * byte of the answer may have been acted upon: then once more, and only for methods that may be repeated (RFC 9110
 * §9.2.2) whose body has not been handed out. Once a byte went to the client nothing can be taken back.
 */
final class RetryPolicy {

    /** More connects than this are not tried for one request: a pool in which all refuse is not scanned for long. */
    private static final int MAX_CONNECTS = 5;

    private final boolean repeatable;
    private int connects;
    private boolean repeated;

    RetryPolicy(HttpMethod method, boolean hasBody) {
        repeatable = !hasBody && idempotent(method);
    }

    boolean afterRefusedConnect() {
        return ++connects < MAX_CONNECTS;
    }

    boolean afterBreak() {
        boolean again = repeatable && !repeated;
        repeated = true;
        return again;
    }

    /** Whether it could be sent once more, now or later. */
    boolean mayRepeat() {
        return repeatable && !repeated;
    }

    boolean brokeBefore() {
        return repeated;
    }

    private static boolean idempotent(HttpMethod method) {
        return method.equals(HttpMethod.GET)
                || method.equals(HttpMethod.HEAD)
                || method.equals(HttpMethod.OPTIONS)
                || method.equals(HttpMethod.PUT)
                || method.equals(HttpMethod.DELETE);
    }
}
