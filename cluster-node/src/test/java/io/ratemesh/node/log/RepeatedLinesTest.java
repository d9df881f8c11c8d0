package io.ratemesh.node.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RepeatedLinesTest {

    private static final String BUS = LogConfigurator.EVENT_BUS;

    private final LoggerContext context = new LoggerContext();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE);
    private final RepeatedLines filter = new RepeatedLines(BUS, nanos::get);

    @Test
    void a_line_is_logged_once_a_minute_for_each_node() {
        assertThat(logs(BUS, "Connecting to server one failed")).isTrue();
        assertThat(logs(BUS, "Connecting to server two failed")).isTrue();
        assertThat(logs(BUS, "Connecting to server one failed")).isFalse();
        passes(Duration.ofSeconds(59));
        assertThat(logs(BUS, "Connecting to server two failed")).isFalse();

        passes(Duration.ofSeconds(1));

        assertThat(logs(BUS, "Connecting to server one failed")).isTrue();
        assertThat(logs(BUS, "Connecting to server one failed")).isFalse();
    }

    @Test
    void other_loggers_are_not_limited() {
        assertThat(logs("io.ratemesh.Node", "left")).isTrue();
        assertThat(logs("io.ratemesh.Node", "left")).isTrue();
    }

    @Test
    void a_hundred_lines_are_remembered() {
        logs(BUS, "first");
        for (int i = 0; i < 99; i++) {
            logs(BUS, "more " + i);
        }
        assertThat(logs(BUS, "first")).isFalse();

        logs(BUS, "one too many");

        assertThat(logs(BUS, "first")).isTrue();
        assertThat(logs(BUS, "more 98")).isFalse();
    }

    private void passes(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private boolean logs(String logger, String message) {
        LoggingEvent event = new LoggingEvent(
                getClass().getName(),
                context.getLogger(logger),
                Level.WARN,
                message,
                new IllegalStateException("certificate_unknown"),
                null);
        return filter.decide(event) == FilterReply.NEUTRAL;
    }
}
