package io.ratemesh.balancer.stats;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.LongSupplier;

/** How late an event loop comes to what is due, which is how long a request may wait for a turn. One loop owns it. */
public final class LoopLag {

    private static final long PERIOD_MILLIS = 100;
    private static final long PERIOD = Duration.ofMillis(PERIOD_MILLIS).toNanos();
    private static final long WINDOW = Duration.ofSeconds(10).toNanos();

    private final LongSupplier nanos;
    private long lastNanos;
    private long windowBegan;
    private volatile long current;
    private volatile long previous;

    public LoopLag(LongSupplier nanos) {
        this.nanos = nanos;
        this.lastNanos = nanos.getAsLong();
        this.windowBegan = lastNanos;
    }

    /** Measures the event loop on which this is called, ten times a second for as long as it runs. */
    public static LoopLag onThisLoop(Vertx vertx) {
        LoopLag lag = new LoopLag(System::nanoTime);
        vertx.setPeriodic(PERIOD_MILLIS, ignored -> lag.tick());
        return lag;
    }

    /** To be called each {@link #PERIOD_MILLIS}. */
    void tick() {
        long now = nanos.getAsLong();
        long late = now - lastNanos - PERIOD;
        lastNanos = now;
        if (now - windowBegan >= WINDOW) {
            windowBegan = now;
            previous = current;
            current = 0;
        }
        if (late > current) {
            current = late;
        }
    }

    /** The worst of the last 10 to 20 s. Any thread may ask. */
    public Duration worst() {
        return Duration.ofNanos(Math.max(current, previous));
    }
}
