package io.ratemesh.benchmarks.process;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Time that goes by while nothing is asked of anybody. */
public final class PausedProcess {

    private static final Duration LOOK = Duration.ofMillis(20);

    private PausedProcess() {}

    public static void of(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    /**
     * Until a condition holds.
     *
     * @param patience how long at most
     * @return whether it holds
     */
    public static boolean until(BooleanSupplier condition, Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - until > 0) {
                return false;
            }
            of(LOOK);
        }
        return true;
    }
}
