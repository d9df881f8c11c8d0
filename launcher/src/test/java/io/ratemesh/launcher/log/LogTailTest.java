package io.ratemesh.launcher.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {

    private final Path file;

    LogTailTest(@TempDir Path folder) {
        this.file = folder.resolve("node.log");
    }

    @Test
    void gives_the_last_lines() throws IOException {
        Files.writeString(file, "one\ntwo\nthree\n");

        assertThat(tail(2)).containsExactly("two", "three");
        assertThat(tail(9)).containsExactly("one", "two", "three");
        assertThat(tail(0)).isEmpty();
    }

    @Test
    void a_last_line_without_its_end_counts_too() throws IOException {
        Files.writeString(file, "one\ntwo\nthr");

        assertThat(tail(2)).containsExactly("two", "thr");
    }

    @Test
    void reads_no_more_of_a_long_log_than_it_must() throws IOException {
        Files.writeString(
                file,
                IntStream.range(0, 100_000).mapToObj(i -> "line " + i).collect(Collectors.joining("\n", "", "\n")));

        assertThat(tail(20_000)).hasSize(20_000).startsWith("line 80000").endsWith("line 99999");
    }

    @Test
    void a_missing_or_empty_log_has_no_lines() throws IOException {
        assertThat(tail(5)).isEmpty();

        Files.createFile(file);

        assertThat(tail(5)).isEmpty();
    }

    @Test
    void the_last_lines_skip_blank_ones() throws IOException {
        Files.writeString(file, "a\n\nb\n\n\nc\n\n");

        assertThat(LogTail.lastLines(file, 2)).containsExactly("b", "c");
    }

    private List<String> tail(int count) {
        return LogTail.lines(file, LogTail.length(file), count);
    }
}
