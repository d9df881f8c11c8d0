package io.ratemesh.benchmarks.process;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waiting for time to pass or for a condition. */
public final class Delay {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

    private Delay() {}

    /** Sleeps; not at all if the duration is negative. */
    public static void sleep(Duration duration) {
        try {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    /** Polls a condition; returns whether it holds before the timeout. */
    public static boolean await(BooleanSupplier condition, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            sleep(POLL_INTERVAL);
        }
        return true;
    }
}
