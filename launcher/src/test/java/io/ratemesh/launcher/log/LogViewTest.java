package io.ratemesh.launcher.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogViewTest {

    private final NodeLog logs;

    LogViewTest(@TempDir Path folder) {
        this.logs = new NodeLog(folder);
    }

    @Test
    void begins_with_the_last_lines_and_goes_on_with_what_comes() throws IOException {
        write("rates-1", "one\ntwo\n");
        LogView view = new LogView(logs, Optional.of("rates-1"), 1);

        assertThat(view.read()).containsExactly("two");
        assertThat(view.read()).isEmpty();

        write("rates-1", "three\nfo");
        assertThat(view.read()).containsExactly("three");

        write("rates-1", "ur\n");
        assertThat(view.read()).containsExactly("four");
    }

    @Test
    void all_logs_are_named_and_a_new_one_is_read_from_its_beginning() throws IOException {
        write("rates-1", "a\n");
        LogView view = new LogView(logs, Optional.empty(), 10);

        assertThat(view.read()).containsExactly("rates-1 | a");

        write("converter-1", "b\nc\n");
        write("rates-1", "d\n");
        assertThat(view.read()).containsExactly("converter-1 | b", "converter-1 | c", "rates-1     | d");
    }

    @Test
    void a_log_that_began_anew_is_read_from_its_beginning() throws IOException {
        write("rates-1", "a long first start\n");
        LogView view = new LogView(logs, Optional.of("rates-1"), 10);
        view.read();

        logs.rotate("rates-1");
        write("rates-1", "second\n");

        assertThat(view.read()).containsExactly("second");
    }

    @Test
    void the_log_of_the_previous_start_is_kept() throws IOException {
        write("rates-1", "first\n");
        logs.rotate("rates-1");
        write("rates-1", "second\n");
        logs.rotate("rates-1");

        assertThat(logs.folder().resolve("rates-1.log.1")).hasContent("second");
        assertThat(logs.ids()).isEmpty();
    }

    @Test
    void a_log_that_grew_long_is_set_aside_and_its_writer_goes_on() throws IOException {
        try (OutputStream node =
                Files.newOutputStream(logs.file("rates-1"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            node.write("one two three\n".getBytes(UTF_8));

            logs.truncate(14);
            assertThat(logs.file("rates-1")).hasContent("one two three");
            logs.truncate(13);
            node.write("four\n".getBytes(UTF_8));
        }

        assertThat(logs.folder().resolve("rates-1.log.1")).hasContent("one two three");
        assertThat(logs.file("rates-1")).hasContent("four");
    }

    private void write(String id, String text) throws IOException {
        Files.writeString(logs.file(id), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
