package io.ratemesh.balancer.accesslog;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatingFileTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void sets_files_aside_as_they_fill_and_keeps_so_many() throws IOException {
        try (RotatingFile file = new RotatingFile(folder.resolve("logs/access.log"), 10, 2)) {
            for (String text : new String[] {"aaaa\n", "bbbb\n", "cccc\n", "dddd\n", "eeee\n", "ffff\n", "gggg\n"}) {
                file.write(text.getBytes(US_ASCII));
            }
        }

        assertThat(folder.resolve("logs/access.log")).hasContent("gggg\n");
        assertThat(folder.resolve("logs/access.log.1")).hasContent("eeee\nffff\n");
        assertThat(folder.resolve("logs/access.log.2")).hasContent("cccc\ndddd\n");
        try (Stream<Path> files = Files.list(folder.resolve("logs"))) {
            assertThat(files).hasSize(3);
        }
    }

    @Test
    void goes_on_with_what_is_there_and_never_splits_a_write() throws IOException {
        Path log = Files.writeString(folder.resolve("access.log"), "before\n");
        try (RotatingFile file = new RotatingFile(log, 10, 1)) {
            file.write("more than ten octets\n".getBytes(US_ASCII));
        }

        assertThat(log).hasContent("more than ten octets\n");
        assertThat(folder.resolve("access.log.1")).hasContent("before\n");
    }

    @Test
    void keeps_none_where_none_is_wanted() throws IOException {
        Path log = folder.resolve("access.log");
        try (RotatingFile file = new RotatingFile(log, 5, 0)) {
            file.write("one\n".getBytes(US_ASCII));
            file.write("two\n".getBytes(US_ASCII));
        }

        assertThat(log).hasContent("two\n");
        assertThat(folder.resolve("access.log.1")).doesNotExist();
    }
}
