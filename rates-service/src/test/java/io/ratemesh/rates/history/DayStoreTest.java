package io.ratemesh.rates.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.model.history.HistoryDay;
import io.ratemesh.model.history.RateHistory;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DayStoreTest {

    private static final HistoryDay FRIDAY = day("2026-07-03", "1.1415");
    private static final HistoryDay MONDAY = day("2026-07-06", "1.1420");
    private static final HistoryDay MONDAY_CORRECTED = day("2026-07-06", "1.1421");

    private final DayStore days = new DayStore(RateHistory.of(List.of(FRIDAY)));
    private final List<RateHistory> changes = new ArrayList<>();

    DayStoreTest() {
        days.onChange(changes::add);
    }

    @Test
    void bundled_days_are_not_imported() {
        days.add(List.of(FRIDAY));

        assertThat(days.all().days()).isEqualTo(1);
        assertThat(days.imported()).isEqualTo(RateHistory.EMPTY);
        assertThat(changes).isEmpty();
    }

    @Test
    void a_day_after_the_bundled_ones_is_added_and_reported_once() {
        days.add(List.of(FRIDAY, MONDAY));
        days.add(List.of(MONDAY));

        assertThat(days.all()).isEqualTo(RateHistory.of(List.of(FRIDAY, MONDAY)));
        assertThat(changes).containsExactly(RateHistory.of(List.of(MONDAY)));
    }

    @Test
    void a_correction_of_a_bundled_day_is_added() {
        HistoryDay corrected = day("2026-07-03", "1.1416");
        days.add(List.of(corrected));

        assertThat(days.all().day(FRIDAY.day())).contains(corrected);
        assertThat(days.imported()).isEqualTo(RateHistory.of(List.of(corrected)));
    }

    @Test
    void added_days_replace_existing_ones_and_missing_days_do_not() {
        days.add(List.of(MONDAY));
        days.addMissing(RateHistory.of(List.of(MONDAY_CORRECTED)));
        assertThat(days.all().day(MONDAY.day())).contains(MONDAY);

        days.add(List.of(MONDAY_CORRECTED));
        assertThat(days.all().day(MONDAY.day())).contains(MONDAY_CORRECTED);
    }

    private static HistoryDay day(String day, String dollar) {
        return new HistoryDay(LocalDate.parse(day), Map.of("USD", new BigDecimal(dollar)));
    }
}
