package io.ratemesh.rates.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ratemesh.model.RateBook;
import io.ratemesh.node.lifecycle.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BookFileTest {

    private static final Instant NOW = Instant.parse("2026-07-06T14:10:00Z");

    private final Path home;
    private final Path folder;
    private final BookFile file;

    BookFileTest(@TempDir Path home) {
        this.home = home;
        this.folder = home.resolve("deep").resolve("data");
        this.file = new BookFile(folder, Clock.fixed(NOW, ZoneOffset.UTC));
        file.prepare();
    }

    @Test
    void a_start_without_a_book_has_none() throws IOException {
        assertThat(file.read()).isEmpty();
        assertThat(names()).isEmpty();
    }

    @Test
    void a_written_book_is_read_and_no_other_file_remains() throws IOException {
        RateBook book = BundledBook.read();

        file.write(book);

        assertThat(file.read()).contains(book);
        assertThat(names()).containsExactly("book");
    }

    @Test
    void a_book_replaces_the_one_before() throws IOException {
        RateBook before = BundledBook.read();
        RateBook after = new RateBook(before.version() + 1, before.rates());
        file.write(before);
        file.write(after);

        assertThat(file.read()).contains(after);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01, 0.5, 0.99})
    void a_book_truncated_anywhere_is_renamed_and_not_read(double share) throws IOException {
        file.write(BundledBook.read());
        byte[] whole = Files.readAllBytes(folder.resolve("book"));
        Files.write(folder.resolve("book"), Arrays.copyOf(whole, (int) (whole.length * share)));

        assertThat(file.read()).isEmpty();
        assertThat(names()).containsExactly("book.corrupt-20260706T141000.000Z");
    }

    @Test
    void an_altered_book_is_renamed() throws IOException {
        file.write(BundledBook.read());
        String text = Files.readString(folder.resolve("book"));
        Files.writeString(folder.resolve("book"), text.replace("USD 1.1415", "USD 1.1515"));

        assertThat(file.read()).isEmpty();
        assertThat(names()).containsExactly("book.corrupt-20260706T141000.000Z");
    }

    @Test
    void a_huge_file_is_renamed() throws IOException {
        Files.write(folder.resolve("book"), new byte[2 << 20]);

        assertThat(file.read()).isEmpty();
        assertThat(names()).containsExactly("book.corrupt-20260706T141000.000Z");
    }

    @Test
    void after_an_invalid_book_a_valid_one_is_written_and_read() throws IOException {
        Files.writeString(folder.resolve("book"), "nonsense");
        assertThat(file.read()).isEmpty();

        file.write(BundledBook.read());

        assertThat(file.read()).contains(BundledBook.read());
    }

    @Test
    void a_failed_write_keeps_the_old_book_and_no_temporary_file() throws IOException {
        Path occupied = folder.resolve("book");
        Files.createDirectories(occupied.resolve("not-empty"));

        assertThatThrownBy(() -> file.write(BundledBook.read())).isInstanceOf(IOException.class);

        assertThat(names()).containsExactly("book");
    }

    @Test
    void a_folder_that_cannot_be_created_stops_the_start_with_one_line() throws IOException {
        Path plainFile = Files.writeString(home.resolve("taken"), "");
        BookFile impossible = new BookFile(plainFile.resolve("data"), Clock.systemUTC());

        assertThatThrownBy(impossible::prepare)
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("rates.data-dir: " + plainFile.resolve("data") + " cannot be written (")
                .hasMessageNotContaining("\n");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
