package io.ratemesh.rates.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ratemesh.model.history.BundledHistory;
import io.ratemesh.model.history.HistoryDay;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundledHistoryGeneratorTest {

    @Test
    void the_bundled_bytes_are_those_that_the_generator_makes_of_the_ecb_file() throws IOException {
        try (InputStream bundled = BundledHistory.class.getResourceAsStream("ecb-history.bin")) {
            assertThat(bundled).isNotNull();
            assertThat(bundled.readAllBytes()).isEqualTo(BundledHistoryGenerator.bytes());
        }
    }

    @Test
    void a_day_has_the_rates_it_has_and_the_empty_last_column_is_none() throws IOException {
        assertThat(read("Date,USD,BGN,\n2026-04-13,1.1684,N/A,\n"))
                .containsExactly(new HistoryDay(LocalDate.of(2026, 4, 13), Map.of("USD", new BigDecimal("1.1684"))));
    }

    @Test
    void the_last_column_may_be_a_real_one() throws IOException {
        assertThat(read("Date,USD\r\n2026-04-13,1.1684\r\n")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "Date,USD,\n2026-04-13,1.1684\n",
                "Date,USD,\n2026-04-13,1.1684,,\n",
                "Date,USD,\n2026-04-13,,\n",
                "Date,USD,\n2026-04-13,1.1684,5\n",
                "Date,USD,\n2026-04-13,-1.1684,\n",
                "Date,USD,\n2026-04-13,1.1e3,\n",
                "Date,USD,\n2026-04-13,0,\n",
                "Date,USD,\n2026-04-13, 1.1684,\n",
                "Date,USD,\n2026-04-31,1.1684,\n",
                "Date,USD,\n13 April 2026,1.1684,\n",
                "Date,USD,\n2026-04-13,N/A,\n",
                "Date,USD,USD,\n2026-04-13,1.1684,1.1684,\n",
                "Date,EUR,\n2026-04-13,1,\n",
                "Date,usd,\n2026-04-13,1,\n",
                "Date,USD,\n2026-04-13,1.1684,\n2026-04-13,1.1684,\n",
                "Date,USD,\n2026-04-13,1.1684,\n\n"
            })
    void another_file_is_rejected_and_the_line_is_named(String csv) {
        assertThatThrownBy(() -> read(csv))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("line ");
    }

    private static List<HistoryDay> read(String csv) throws IOException {
        return BundledHistoryGenerator.days(new StringReader(csv));
    }
}
