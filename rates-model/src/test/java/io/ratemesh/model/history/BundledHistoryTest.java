package io.ratemesh.model.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BundledHistoryTest {

    private static final RateHistory HISTORY = BundledHistory.load();

    @Test
    void every_rate_of_every_day_is_the_one_the_ecb_published() throws IOException {
        int rates = 0;
        int days = 0;
        try (BufferedReader csv = EcbFile.open()) {
            String[] codes = csv.readLine().split(",");
            for (String line = csv.readLine(); line != null; line = csv.readLine()) {
                String[] fields = line.split(",");
                LocalDate day = LocalDate.parse(fields[0]);
                days++;
                for (int i = 1; i < codes.length; i++) {
                    Optional<BigDecimal> rate = HISTORY.perEuro(codes[i], day);
                    if ("N/A".equals(fields[i])) {
                        assertThat(rate).as("%s on %s", codes[i], day).isEmpty();
                    } else {
                        rates++;
                        // The digits themselves: the file has no trailing zeros.
                        assertThat(rate.map(BigDecimal::toPlainString))
                                .as("%s on %s", codes[i], day)
                                .contains(fields[i]);
                    }
                }
            }
        }
        assertThat(days).isEqualTo(6983).isEqualTo(HISTORY.days());
        assertThat(rates).isGreaterThan(200_000);
    }

    @Test
    void it_reaches_from_the_first_reference_rates_to_the_day_of_the_file() {
        assertThat(HISTORY.firstDay()).contains(LocalDate.of(1999, 1, 4));
        assertThat(HISTORY.lastDay()).contains(LocalDate.of(2026, 4, 13));
        assertThat(HISTORY.codes())
                .hasSize(41)
                .contains("USD", "BGN", "ISK", "TRL")
                .doesNotContain("EUR", "");
    }

    @Test
    void it_has_less_than_two_megabytes() {
        assertThat(HISTORY.bytes()).isBetween(1_000_000L, 2_000_000L);
    }

    @Test
    void it_has_the_attribution() throws IOException {
        try (InputStream notice = BundledHistory.class.getResourceAsStream("ecb-history.txt")) {
            assertThat(notice).isNotNull();
            assertThat(new String(notice.readAllBytes(), UTF_8)).contains(BundledHistory.ATTRIBUTION);
        }
    }
}
