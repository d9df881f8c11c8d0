package io.ratemesh.node.accesslog;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollingFileTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void full_files_are_renamed_and_as_many_as_configured_are_kept() throws IOException {
        try (RollingFile file = new RollingFile(folder.resolve("logs/access.log"), 10, 2)) {
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
    void appends_to_an_existing_file_and_never_splits_a_write() throws IOException {
        Path log = Files.writeString(folder.resolve("access.log"), "before\n");
        try (RollingFile file = new RollingFile(log, 10, 1)) {
            file.write("more than ten bytes!\n".getBytes(US_ASCII));
        }

        assertThat(log).hasContent("more than ten bytes!\n");
        assertThat(folder.resolve("access.log.1")).hasContent("before\n");
    }

    @Test
    void a_rotation_loses_and_splits_no_line() throws IOException {
        Path log = folder.resolve("a folder (1)/access.log");
        int lines = 2000;
        try (RollingFile file = new RollingFile(log, 2000, 20)) {
            for (int i = 0; i < lines; i++) {
                file.write("line %04d\n".formatted(i).getBytes(US_ASCII));
            }
        }

        List<String> read = new ArrayList<>();
        for (int i = 20; i > 0; i--) {
            Path older = log.resolveSibling("access.log." + i);
            if (Files.exists(older)) {
                assertThat(older).hasSize(2000);
                read.addAll(Files.readAllLines(older));
            }
        }
        read.addAll(Files.readAllLines(log));
        assertThat(read).hasSize(lines).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void if_a_rotation_fails_writing_goes_on_in_the_same_file() throws IOException {
        Path log = folder.resolve("access.log");
        Files.createFile(Files.createDirectories(folder.resolve("access.log.1")).resolve("not-empty"));
        try (RollingFile file = new RollingFile(log, 5, 1)) {
            file.write("one\n".getBytes(US_ASCII));
            file.write("two\n".getBytes(US_ASCII));
        }

        assertThat(log).hasContent("one\ntwo\n");
    }

    @Test
    void a_full_disk_fails_each_write() throws IOException {
        Path full = Path.of("/dev/full");
        assumeThat(full).exists();
        try (RollingFile file = new RollingFile(full, 1000, 1)) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> file.write("lost\n".getBytes(US_ASCII)))
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void writing_goes_on_once_a_failed_file_can_be_opened_again() throws IOException {
        Path log = folder.resolve("logs/access.log");
        try (RollingFile file = new RollingFile(log, 5, 1)) {
            file.write("one\n".getBytes(US_ASCII));
            Files.delete(log);
            Files.createFile(Files.createDirectory(log).resolve("not-empty"));
            Files.createFile(
                    Files.createDirectory(folder.resolve("logs/access.log.1")).resolve("not-empty"));
            assertThatThrownBy(() -> file.write("lost\n".getBytes(US_ASCII))).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> file.write("lost\n".getBytes(US_ASCII))).isInstanceOf(IOException.class);
            Files.delete(log.resolve("not-empty"));
            Files.delete(log);
            file.write("two\n".getBytes(US_ASCII));
        }

        assertThat(log).hasContent("two\n");
    }

    @Test
    void a_file_that_cannot_be_opened_is_an_error() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> new RollingFile(file.resolve("access.log"), 5, 1))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> new RollingFile(folder.resolve("100%i.log"), 5, 1))
                .hasMessageContaining("contains %");
    }
}
