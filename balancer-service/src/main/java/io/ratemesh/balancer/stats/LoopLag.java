package io.ratemesh.balancer.stats;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Measures how late an event loop runs its timers, and so how long a request may wait for it. One event loop owns it. */
public final class LoopLag {

    private static final long PERIOD_MILLIS = 100;
    private static final long PERIOD = Duration.ofMillis(PERIOD_MILLIS).toNanos();
    private static final long WINDOW = Duration.ofSeconds(10).toNanos();

    private final LongSupplier nanos;
    private long lastNanos;
    private long windowStart;
    private volatile long current;
    private volatile long previous;

    public LoopLag(LongSupplier nanos) {
        this.nanos = nanos;
        this.lastNanos = nanos.getAsLong();
        this.windowStart = lastNanos;
    }

    /** Measures the current event loop ten times a second. */
    public static LoopLag onThisLoop(Vertx vertx) {
        LoopLag lag = new LoopLag(System::nanoTime);
        vertx.setPeriodic(PERIOD_MILLIS, ignored -> lag.tick());
        return lag;
    }

    /** Called every {@link #PERIOD_MILLIS}. */
    void tick() {
        long now = nanos.getAsLong();
        long late = now - lastNanos - PERIOD;
        lastNanos = now;
        if (now - windowStart >= WINDOW) {
            windowStart = now;
            previous = current;
            current = 0;
        }
        if (late > current) {
            current = late;
        }
    }

    /** Returns the longest delay of the last 10 to 20 s. Thread-safe. */
    public Duration max() {
        return Duration.ofNanos(Math.max(current, previous));
    }
}
