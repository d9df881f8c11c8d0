package io.ratemesh.launcher.outcome;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition that sends no event, such as the end of a process or a free port. */
public final class Polling {

    private static final Duration PAUSE = Duration.ofMillis(30);

    private final long deadline;

    private Polling(long deadline) {
        this.deadline = deadline;
    }

    public static Polling within(Duration timeout) {
        return new Polling(System.nanoTime() + timeout.toNanos());
    }

    /** Polls until the condition holds; false after the timeout. */
    public boolean until(BooleanSupplier condition) {
        return untilPresent(() -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty())
                .isPresent();
    }

    /** Polls, at least once, until there is a value; empty after the timeout. */
    public <T> Optional<T> untilPresent(Supplier<Optional<T>> supplier) {
        while (true) {
            Optional<T> value = supplier.get();
            if (value.isPresent() || System.nanoTime() - deadline >= 0) {
                return value;
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }
}
