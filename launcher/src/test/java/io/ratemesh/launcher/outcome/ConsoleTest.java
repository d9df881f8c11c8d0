package io.ratemesh.launcher.outcome;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private Instant now = Instant.EPOCH;

    @Test
    void on_a_terminal_what_is_awaited_is_one_line_that_is_rewritten_and_then_cleared() {
        Console console = console(true);

        assertThat(await(console, 0.0, 1.2, 1.2, 3.4)).isTrue();
        console.print("done");

        assertThat(written())
                .isEqualTo("\r\u001b[K  0.0 s  waiting for converter-1" + "\r\u001b[K  1.2 s  waiting for converter-1"
                        + "\r\u001b[Kdone" + System.lineSeparator());
    }

    @Test
    void a_line_that_would_wrap_is_cut() {
        Console console = console(true);
        Iterator<Boolean> holds = List.of(false, true).iterator();

        console.await(TIMEOUT, () -> "converter-1, ".repeat(10), holds::next);

        assertThat(written().split("\r\u001b\\[K")[1]).hasSize(79);
    }

    @Test
    void elsewhere_what_is_awaited_is_a_line_after_ten_seconds_without_another() {
        Console console = console(false);

        assertThat(await(console, 0.0, 9.9, 10.0, 10.1, 19.9, 20.0, 20.1)).isTrue();

        assertThat(written().lines())
                .containsExactly(" 10.0 s  waiting for converter-1", " 20.0 s  waiting for converter-1");
    }

    @Test
    void an_error_does_not_end_up_in_the_line_that_is_rewritten() {
        Console console = console(true);
        Iterator<Boolean> holds = List.of(false, true).iterator();

        console.await(TIMEOUT, () -> "converter-1", () -> {
            boolean next = holds.next();
            if (next) {
                console.printError("converter-2 was killed");
            }
            return next;
        });

        assertThat(written())
                .endsWith("waiting for converter-1\r\u001b[Kconverter-2 was killed" + System.lineSeparator());
    }

    /** Awaits a condition that is checked at these seconds and holds at the last. */
    private boolean await(Console console, double... seconds) {
        int[] next = {0};
        return console.await(TIMEOUT, () -> "converter-1", () -> {
            now = Instant.EPOCH.plusMillis(Math.round(seconds[next[0]] * 1000));
            next[0]++;
            return next[0] == seconds.length;
        });
    }

    private Console console(boolean terminal) {
        PrintStream stream = new PrintStream(written, true, UTF_8);
        return new Console(stream, stream, () -> now, terminal);
    }

    private String written() {
        return written.toString(UTF_8);
    }
}
