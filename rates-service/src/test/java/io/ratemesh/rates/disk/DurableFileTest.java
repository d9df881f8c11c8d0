package io.ratemesh.rates.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFileTest {

    private static final Instant NOW = Instant.parse("2026-07-06T14:10:00Z");

    private final Path folder;
    private final DurableFile file;

    DurableFileTest(@TempDir Path home) throws IOException {
        this.folder = home.resolve("data");
        this.file = at(NOW);
        file.prepare();
    }

    @Test
    void a_kill_between_the_temporary_file_and_its_rename_keeps_the_old_file() throws IOException {
        file.write("old".getBytes(UTF_8));
        Files.writeString(folder.resolve("days.4711.tmp"), "new");

        assertThat(file.read(DurableFileTest::text)).contains("old");
    }

    @Test
    void temporary_files_of_a_killed_process_are_deleted() throws IOException {
        leave("days.4711.tmp", NOW.minusSeconds(61));

        file.prepare();

        assertThat(names()).isEmpty();
    }

    @Test
    void current_writes_of_other_processes_and_other_files_are_kept() throws IOException {
        leave("days.1.tmp", NOW.minusSeconds(59));
        leave("book.2.tmp", NOW.minusSeconds(3600));
        leave("days.notes.tmp", NOW.minusSeconds(3600));

        file.prepare();

        assertThat(names()).containsExactly("book.2.tmp", "days.1.tmp", "days.notes.tmp");
    }

    @Test
    void rejected_files_are_renamed_and_only_the_newest_few_are_kept() throws IOException {
        for (int second = 0; second < 5; second++) {
            DurableFile later = at(NOW.plusSeconds(second));
            later.write(new byte[] {(byte) second});
            assertThat(later.read(DurableFileTest::reject)).isEmpty();
        }

        assertThat(names())
                .containsExactly(
                        "days.corrupt-20260706T141002.000Z",
                        "days.corrupt-20260706T141003.000Z",
                        "days.corrupt-20260706T141004.000Z");
    }

    @Test
    void a_file_of_the_largest_size_is_read_and_a_larger_one_renamed() throws IOException {
        file.write(new byte[100]);
        assertThat(file.read(bytes -> bytes.length)).contains(100);

        file.write(new byte[101]);
        assertThat(file.read(bytes -> bytes.length)).isEmpty();
    }

    private DurableFile at(Instant now) {
        return new DurableFile(folder, "days", 100, Clock.fixed(now, ZoneOffset.UTC));
    }

    private void leave(String name, Instant modified) throws IOException {
        Files.setLastModifiedTime(Files.writeString(folder.resolve(name), "half"), FileTime.from(modified));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    private static String reject(byte[] bytes) {
        throw new IllegalArgumentException(bytes.length + " bytes of nonsense");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
