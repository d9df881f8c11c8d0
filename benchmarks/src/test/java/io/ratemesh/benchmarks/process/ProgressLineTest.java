package io.ratemesh.benchmarks.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

    private static final String CLEAR_LINE = "\r\u001b[K";

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(written, true, UTF_8);
    private long seconds = 100;

    @Test
    void on_a_terminal_the_step_is_one_line_that_is_rewritten_and_then_cleared() {
        ProgressLine line = line(true);

        line.begin("round 1 of 2");
        seconds++;
        line.refresh();
        line.end(out, "done");
        line.refresh();

        assertThat(written.toString(UTF_8))
                .isEqualTo(CLEAR_LINE + "    0 s  round 1 of 2" + CLEAR_LINE + "    1 s  round 1 of 2" + CLEAR_LINE
                        + "done" + System.lineSeparator());
    }

    @Test
    void elsewhere_a_step_is_a_line_if_ten_seconds_have_passed_since_the_last() {
        ProgressLine line = line(false);

        line.begin("round 1");
        seconds += 10;
        line.refresh();
        line.begin("round 2");
        seconds += 9;
        line.begin("round 3");
        line.end(out, "done");

        assertThat(written.toString(UTF_8).lines()).containsExactly("   10 s  round 2", "done");
    }

    private ProgressLine line(boolean terminal) {
        return new ProgressLine(out, () -> TimeUnit.SECONDS.toNanos(seconds), terminal);
    }
}
