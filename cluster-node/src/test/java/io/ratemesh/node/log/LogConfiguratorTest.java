package io.ratemesh.node.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogConfiguratorTest {

    private final Throwable cause = new IllegalStateException("Client is closed");

    private final LoggerContext context = new LoggerContext();

    @Test
    void a_message_and_its_exception_are_apart_and_one_line() {
        String line = line("Connecting to server 1 failed", cause);

        assertThat(line)
                .contains(" - Connecting to server 1 failed | java.lang.IllegalStateException: Client is closed | at ");
        assertThat(line.lines()).hasSize(1);
        assertThat(line).doesNotContain("\t");
    }

    @Test
    void a_message_without_an_exception_ends_with_itself() {
        assertThat(line("left", null)).endsWith(" LogConfiguratorTest - left\n");
        assertThat(line("left\n", null)).endsWith(" LogConfiguratorTest - left\n");
    }

    @Test
    void the_line_ends_of_a_message_are_folded() {
        assertThat(line("one\r\ntwo\nthree", null)).endsWith(" - one | two | three\n");
        assertThat(line("one\ntwo", cause)).contains(" - one | two | java.lang.IllegalStateException: ");
    }

    @Test
    void what_a_message_holds_besides_line_ends_stays_as_it_is() {
        assertThat(line("costs $1 \\ {} %n", null)).endsWith(" - costs $1 \\ {} %n\n");
    }

    private String line(String message, @Nullable Throwable thrown) {
        LoggingEvent event = new LoggingEvent(
                getClass().getName(), context.getLogger(getClass()), Level.WARN, message, thrown, null);
        return new String(LogConfigurator.text(context).encode(event), UTF_8);
    }
}
