package io.ratemesh.balancer.proxy;

import java.util.concurrent.TimeUnit;

/** When what happened in an exchange, by as few looks at the clock as possible: one for its begin, one for its answer. */
final class ExchangeTimes {

    private static final long NEVER = Long.MIN_VALUE;

    private final long began;
    private long queuedUntil = NEVER;
    private long connecting = NEVER;
    private long asked = NEVER;
    private long answered = NEVER;

    ExchangeTimes(long nowNanos) {
        this.began = nowNanos;
    }

    /** It left the line. */
    void dequeued() {
        queuedUntil = System.nanoTime();
        asked = queuedUntil;
    }

    void connects() {
        connecting = System.nanoTime();
        asked = NEVER;
    }

    void connected() {
        asked = System.nanoTime();
    }

    void answered() {
        answered = System.nanoTime();
    }

    long queuedMillis() {
        return queuedUntil == NEVER ? 0 : millis(began, queuedUntil);
    }

    long connectMillis() {
        if (connecting == NEVER) {
            return 0;
        }
        return asked == NEVER ? -1 : millis(connecting, asked);
    }

    long answerMillis() {
        return answered == NEVER ? -1 : millis(asked == NEVER ? began : asked, answered);
    }

    long totalMillis(long nowNanos) {
        return millis(began, nowNanos);
    }

    private static long millis(long from, long to) {
        return TimeUnit.NANOSECONDS.toMillis(to - from);
    }
}
