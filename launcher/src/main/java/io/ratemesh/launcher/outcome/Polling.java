package io.ratemesh.launcher.outcome;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for something that tells nobody when it happens: a process, a file, a port. */
public final class Polling {

    private static final Duration PAUSE = Duration.ofMillis(30);

    private final long deadline;

    private Polling(long deadline) {
        this.deadline = deadline;
    }

    public static Polling within(Duration time) {
        return new Polling(System.nanoTime() + time.toNanos());
    }

    /** Asks until the answer is yes. */
    public boolean until(BooleanSupplier condition) {
        return untilPresent(() -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty())
                .isPresent();
    }

    /** Asks until there is an answer; empty where time ran out. It asks at least once. */
    public <T> Optional<T> untilPresent(Supplier<Optional<T>> question) {
        while (true) {
            Optional<T> answer = question.get();
            if (answer.isPresent() || System.nanoTime() - deadline >= 0) {
                return answer;
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
