package io.ratemesh.rates.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.rates.feed.EcbFiles;
import java.net.URI;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryFilesTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-07-06");

    @Test
    void the_ecbs_files_are_in_the_folder_of_the_daily_one() {
        assertThat(HistoryFiles.beside(EcbFiles.DAILY))
                .contains(new HistoryFiles(EcbFiles.NINETY_DAYS, EcbFiles.HISTORY));
    }

    @Test
    void a_mirror_has_its_own_files() {
        assertThat(HistoryFiles.beside(URI.create("http://127.0.0.1:8081/mirror/eurofxref-daily.xml")))
                .contains(new HistoryFiles(
                        URI.create("http://127.0.0.1:8081/mirror/eurofxref-hist-90d.xml"),
                        URI.create("http://127.0.0.1:8081/mirror/eurofxref-hist.zip")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/daily.xml",
                "http://127.0.0.1/",
                "http://127.0.0.1",
                "http://127.0.0.1/eurofxref-daily.xml?day=1",
                "http://127.0.0.1/not-eurofxref-daily.xml",
            })
    void an_address_of_another_form_has_no_other_files(String address) {
        assertThat(HistoryFiles.beside(URI.create(address))).isEmpty();
    }

    @Test
    void the_short_file_is_used_if_it_has_the_first_missing_day_and_some_known_ones() {
        HistoryFiles files = new HistoryFiles(EcbFiles.NINETY_DAYS, EcbFiles.HISTORY);

        assertThat(files.from(TODAY.minusDays(80), TODAY)).isEqualTo(EcbFiles.NINETY_DAYS);
        assertThat(files.from(TODAY.minusDays(81), TODAY)).isEqualTo(EcbFiles.HISTORY);
    }
}
