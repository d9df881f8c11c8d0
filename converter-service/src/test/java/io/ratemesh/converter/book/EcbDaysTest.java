package io.ratemesh.converter.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.converter.TestBooks;
import io.ratemesh.model.history.HistoryDay;
import io.ratemesh.model.history.RateHistory;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EcbDaysTest {

    private static final LocalDate MONDAY = LocalDate.of(2026, 7, 6);
    private static final RateHistory BEFORE = RateHistory.of(List.of(new HistoryDay(
            LocalDate.of(2026, 7, 3), Map.of("USD", new BigDecimal("1.14"), "JPY", new BigDecimal("185")))));

    private final EcbDays days = new EcbDays();

    @Test
    void a_complete_day_that_only_the_book_has_is_included() {
        RateHistory known = days.of(TestBooks.example().version(1), BEFORE);

        assertThat(known.lastDay()).contains(MONDAY);
        assertThat(known.perEuro("USD", MONDAY)).contains(new BigDecimal("1.1415"));
        assertThat(known.perEuro("GBP", MONDAY)).contains(new BigDecimal("0.86"));
    }

    @Test
    void without_a_day_in_the_book_the_days_are_those_of_the_history() {
        assertThat(days.of(TestBooks.book().ecb("GBP", "0.86").version(1), BEFORE))
                .isSameAs(BEFORE);
    }

    @Test
    void books_with_the_same_rates_of_the_ecb_share_their_days() {
        TestBooks mixed = TestBooks.example().from("coinbase", "XAU", "0.0003", Instant.now());
        RateHistory first = days.of(TestBooks.example().version(1), BEFORE);
        RateHistory second = days.of(mixed.version(2), BEFORE);
        RateHistory third = days.of(TestBooks.example().ecb("USD", "1.2").version(3), BEFORE);

        assertThat(second).isSameAs(first);
        assertThat(third.perEuro("USD", MONDAY)).contains(new BigDecimal("1.2"));
    }
}
