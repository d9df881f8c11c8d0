package io.ratemesh.rates.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ratemesh.rates.feed.EcbDay.EcbRate;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EcbHistoryTest {

    private static final String HISTORY = "ecb-eurofxref-hist-2026-04-13.zip";

    @Test
    void the_whole_history_is_read_out_of_its_archive() throws Exception {
        List<EcbDay> days = new ArrayList<>();

        int count = EcbHistoryZip.read(FeedFiles.read(HISTORY), days::add);

        assertThat(count).isEqualTo(6983);
        assertThat(days)
                .hasSize(6983)
                .allSatisfy(day -> assertThat(day.unreadable()).isZero());
        assertThat(days.get(0).date()).isEqualTo("2026-04-13");
        assertThat(days.get(6982).date()).isEqualTo("1999-01-04");
        assertThat(days.get(0).rates()).hasSize(29).contains(rate("USD", "1.1684"), rate("ZAR", "19.3849"));
        assertThat(days.get(6982).rates()).contains(rate("TRL", "372274"), rate("ZAR", "6.9358"));
    }

    @Test
    void a_currency_that_is_not_available_has_no_rate_that_day() throws Exception {
        List<EcbDay> days = EcbHistoryCsv.read("Date,USD,BGN,RUB,\n2026-04-13,1.1684,N/A,,\n".getBytes(UTF_8));

        assertThat(days).containsExactly(new EcbDay(LocalDate.parse("2026-04-13"), List.of(rate("USD", "1.1684")), 0));
    }

    @Test
    void the_file_of_the_newest_day_with_spaces_and_a_long_date_is_read_too() throws Exception {
        List<EcbDay> days = EcbHistoryCsv.read(FeedFiles.read("ecb-eurofxref-latest-2026-04-13.csv"));

        assertThat(days).hasSize(1);
        assertThat(days.get(0).date()).isEqualTo("2026-04-13");
        assertThat(days.get(0).rates()).hasSize(29).contains(rate("HUF", "366.90"), rate("USD", "1.1684"));
    }

    @Test
    void the_history_and_the_newest_days_file_agree() throws Exception {
        List<EcbDay> days = new ArrayList<>();
        EcbHistoryZip.read(FeedFiles.read(HISTORY), days::add);
        EcbDay newest = EcbHistoryCsv.read(FeedFiles.read("ecb-eurofxref-latest-2026-04-13.csv"))
                .get(0);

        assertThat(days.get(0).rates())
                .usingElementComparator((a, b) ->
                        a.currency().equals(b.currency()) ? a.perEuro().compareTo(b.perEuro()) : 1)
                .containsExactlyElementsOf(newest.rates());
    }

    @Test
    void windows_line_ends_and_no_last_line_end_are_the_same_file() throws Exception {
        assertThat(EcbHistoryCsv.read("Date,USD,\r\n2026-04-13,1.1684,\r\n\r\n2026-04-10,1.1711,".getBytes(UTF_8)))
                .hasSize(2);
    }

    @Test
    void a_rate_that_is_not_a_number_is_skipped_alone() throws Exception {
        List<EcbDay> days = EcbHistoryCsv.read("Date,USD,JPY,\n2026-04-13,1e1000000,186.75,\n".getBytes(UTF_8));

        assertThat(days.get(0).rates()).containsExactly(rate("JPY", "186.75"));
        assertThat(days.get(0).unreadable()).isOne();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "<html>",
                "Date",
                "Date,\n2026-04-13,\n",
                "Date,USD,\n",
                "Datum,USD,\n2026-04-13,1,\n",
                "Date,USD,USD,\n2026-04-13,1,2,\n",
                "Date,USD,JPY,\n2026-04-13,1.1684,\n",
                "Date,USD,\n2026-04-13,1.1684,186.75,\n",
                "Date,USD,\n13.04.2026,1.1684,\n",
                "Date,USD,\n2026-02-30,1.1684,\n",
                "Date,USD,\n13 Avril 2026,1.1684,\n",
            })
    void a_file_in_another_format_is_rejected(String file) {
        assertThatThrownBy(() -> EcbHistoryCsv.read(file.getBytes(UTF_8)))
                .isInstanceOf(UnreadableResponseException.class);
    }

    @Test
    void a_day_truncated_anywhere_is_rejected() throws Exception {
        String whole = "Date,USD,JPY,\n2026-04-13,1.1684,186.75,";

        assertThat(EcbHistoryCsv.read(whole.getBytes(UTF_8))).hasSize(1);
        for (int length = 0; length < whole.length(); length++) {
            byte[] truncated = whole.substring(0, length).getBytes(UTF_8);
            assertThatThrownBy(() -> EcbHistoryCsv.read(truncated))
                    .as("truncated at %s", length)
                    .isInstanceOf(UnreadableResponseException.class);
        }
    }

    @Test
    void an_endless_line_is_rejected() {
        assertThatThrownBy(() -> EcbHistoryCsv.read(("Date,USD," + "A".repeat(100_000)).getBytes(UTF_8)))
                .isInstanceOf(UnreadableResponseException.class)
                .hasMessageContaining("a line of more than");
    }

    @Test
    void a_zip_bomb_is_rejected() throws Exception {
        StringBuilder bomb = new StringBuilder("Date,USD,\n");
        while (bomb.length() <= EcbHistoryZip.MAX_BYTES) {
            bomb.append("2026-04-13,1.1684,\n");
        }
        byte[] archive = zip("eurofxref-hist.csv", bomb.toString().getBytes(UTF_8));
        AtomicInteger days = new AtomicInteger();

        assertThat(archive).hasSizeLessThan(200_000);
        assertThatThrownBy(() -> EcbHistoryZip.read(archive, day -> days.incrementAndGet()))
                .isInstanceOf(UnreadableResponseException.class);
        assertThat(days).hasValueLessThan(EcbHistoryZip.MAX_BYTES / 19 + 1);
    }

    @Test
    void an_archive_of_something_else_is_rejected() throws Exception {
        byte[] html = zip("index.html", "Date,USD,\n2026-04-13,1.1684,\n".getBytes(UTF_8));

        assertThatThrownBy(() -> EcbHistoryZip.read(html, day -> {})).isInstanceOf(UnreadableResponseException.class);
        assertThatThrownBy(() -> EcbHistoryZip.read("no zip".getBytes(UTF_8), day -> {}))
                .isInstanceOf(UnreadableResponseException.class);
        assertThatThrownBy(() -> EcbHistoryZip.read(new byte[0], day -> {}))
                .isInstanceOf(UnreadableResponseException.class);
    }

    @Test
    void a_truncated_archive_is_rejected() {
        byte[] whole = FeedFiles.read(HISTORY);

        for (int length : new int[] {10, 60, 1_000, whole.length / 2, whole.length - 200}) {
            byte[] truncated = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> EcbHistoryZip.read(truncated, day -> {}))
                    .as("truncated at %s", length)
                    .isInstanceOf(UnreadableResponseException.class);
        }
    }

    @Test
    void an_archive_that_is_damaged_is_rejected() throws Exception {
        byte[] file = zip("eurofxref-hist.csv", "Date,USD,\n2026-04-13,1.1684,\n".getBytes(UTF_8));
        file[60] ^= 0x55;

        assertThatThrownBy(() -> EcbHistoryZip.read(file, day -> {})).isInstanceOf(UnreadableResponseException.class);
    }

    @Test
    void a_failing_stream_is_an_io_exception() {
        BoundedInput short3 = new BoundedInput(new ByteArrayInputStream("Date,USD,\n".getBytes(UTF_8)), 3);

        assertThatThrownBy(() -> EcbHistoryCsv.read(short3, day -> {})).isInstanceOf(IOException.class);
    }

    private static byte[] zip(String name, byte[] content) throws IOException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(archive)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
        return archive.toByteArray();
    }

    private static EcbRate rate(String currency, String perEuro) {
        return new EcbRate(currency, new BigDecimal(perEuro));
    }
}
