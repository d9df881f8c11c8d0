package io.ratemesh.model.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettledDaysTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);
    private static final RateHistory BUNDLED = BundledHistory.load();

    @ParameterizedTest
    @CsvSource({
        "1999-01-04, 2026-04-13, true",
        "1999-12-31, 1999-12-31, true",
        "2026-04-14, 2026-04-13, true",
        "2026-04-14, 2026-04-14, false",
        "2026-04-11, 2026-04-12, true",
        "2026-04-13, 2026-04-20, false",
        "2026-11-22, 2026-11-21, false",
        "1999-01-04, 2026-11-21, false",
    })
    void a_past_range_without_a_missing_working_day_is_settled(LocalDate first, LocalDate last, boolean settled) {
        assertThat(SettledDays.settled(BUNDLED, first, last, TODAY)).isEqualTo(settled);
    }

    @Test
    void a_gap_stays_unsettled_however_long_ago_it_is() {
        RateHistory gap =
                BUNDLED.plus(List.of(new HistoryDay(LocalDate.of(2026, 11, 20), Map.of("USD", BigDecimal.TEN))));

        assertThat(SettledDays.settled(gap, LocalDate.of(2026, 4, 14), LocalDate.of(2026, 4, 20), TODAY))
                .isFalse();
        assertThat(SettledDays.settled(gap, LocalDate.of(2026, 11, 20), LocalDate.of(2026, 11, 20), TODAY))
                .isTrue();
    }

    @Test
    void good_friday_is_not_a_gap() {
        assertThat(SettledDays.settled(BUNDLED, LocalDate.of(2026, 4, 3), LocalDate.of(2026, 4, 6), TODAY))
                .isTrue();
    }
}
