package io.ratemesh.rates.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.model.history.HourOfMinutes;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HourFilesTest {

    private static final Instant NOW = Instant.parse("2026-07-06T14:10:00Z");
    private static final HourOfMinutes BEFORE = hour(HourOfMinutes.epochHour(NOW) - 1);
    private static final HourOfMinutes CURRENT = hour(HourOfMinutes.epochHour(NOW));

    private final Path folder;
    private final HourFiles files;

    HourFilesTest(@TempDir Path home) {
        this.folder = home.resolve("minutes");
        this.files = new HourFiles(folder, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void the_first_start_has_no_hours() throws IOException {
        assertThat(files.read()).isEmpty();
    }

    @Test
    void every_hour_is_a_file_of_its_own_named_after_it() throws IOException {
        files.write(BEFORE);
        files.write(CURRENT);

        assertThat(files.read()).containsExactly(BEFORE, CURRENT);
        assertThat(names()).containsExactly("2026-07-06T13", "2026-07-06T14");
    }

    @Test
    void a_truncated_hour_is_renamed_and_the_others_are_read() throws IOException {
        files.write(BEFORE);
        files.write(CURRENT);
        byte[] whole = Files.readAllBytes(folder.resolve("2026-07-06T13"));
        Files.write(folder.resolve("2026-07-06T13"), Arrays.copyOf(whole, whole.length - 1));

        assertThat(files.read()).containsExactly(CURRENT);
        assertThat(names()).containsExactly("2026-07-06T13.corrupt-20260706T141000.000Z", "2026-07-06T14");
    }

    @Test
    void an_hour_with_the_name_of_another_is_renamed() throws IOException {
        files.write(BEFORE);
        Files.move(folder.resolve("2026-07-06T13"), folder.resolve("2026-07-06T12"));

        assertThat(files.read()).isEmpty();
    }

    @Test
    void all_files_of_older_hours_are_deleted() throws IOException {
        files.write(BEFORE);
        files.write(CURRENT);
        Files.writeString(folder.resolve("2026-07-06T12.corrupt-20260706T141000.000Z"), "");
        Files.writeString(folder.resolve("2026-07-06T12.4711.tmp"), "");
        Files.writeString(folder.resolve("notes"), "");

        files.deleteBefore(CURRENT.epochHour());

        assertThat(names()).containsExactly("2026-07-06T14", "notes");
    }

    private static HourOfMinutes hour(long epochHour) {
        return HourOfMinutes.empty(epochHour).with(7, Map.of("USD", new BigDecimal("1.1415")), false);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
