package io.ratemesh.model.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import io.ratemesh.model.TargetCalendar;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BookDayTest {

    private static final LocalDate FRIDAY = LocalDate.of(2026, 7, 3);
    private static final LocalDate MONDAY = LocalDate.of(2026, 7, 6);
    private static final RateHistory BEFORE = history(FRIDAY, Map.of("USD", "1.14", "JPY", "185"));

    private final Map<String, Rate> rates = new TreeMap<>();

    @Test
    void a_complete_day_that_only_the_book_has_is_the_newest() {
        rate("USD", "1.1415", "ecb", MONDAY).rate("JPY", "185.310", "ecb", MONDAY);
        rate("XAU", "0.0003", "coinbase", MONDAY.plusDays(1));

        assertThat(BookDay.newest(book(), BEFORE))
                .contains(new HistoryDay(
                        MONDAY, Map.of("USD", new BigDecimal("1.1415"), "JPY", new BigDecimal("185.31"))));
    }

    @Test
    void a_part_of_a_day_is_not_a_day() {
        rate("USD", "1.1415", "ecb", MONDAY);

        assertThat(BookDay.newest(book(), BEFORE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"coinbase", "simulated", "frankfurter"})
    void rates_of_other_feeds_and_simulated_rates_do_not_count(String source) {
        rate("USD", "1.1415", "ecb", MONDAY).rate("JPY", "185.31", source, MONDAY);
        assertThat(BookDay.newest(book(), BEFORE)).isEmpty();

        rate("USD", "1.1415", source, MONDAY);
        assertThat(BookDay.newest(book(), BEFORE)).isEmpty();
    }

    @Test
    void rates_of_an_earlier_day_do_not_count() {
        rate("USD", "1.1415", "ecb", MONDAY).rate("JPY", "185.31", "ecb", FRIDAY);

        assertThat(BookDay.newest(book(), BEFORE)).isEmpty();
    }

    @Test
    void a_day_that_the_history_has_is_not_taken_from_the_book() {
        rate("USD", "1.1415", "ecb", MONDAY).rate("JPY", "185.31", "ecb", MONDAY);

        assertThat(BookDay.newest(book(), history(MONDAY, Map.of("USD", "1.2"))))
                .isEmpty();
        assertThat(BookDay.newest(book(), history(MONDAY.plusDays(1), Map.of("USD", "1.2"))))
                .isEmpty();
        assertThat(BookDay.newest(book(), RateHistory.EMPTY)).isEmpty();
    }

    @Test
    void a_currency_that_the_euro_replaces_on_that_day_is_not_missing() {
        LocalDate last = LocalDate.of(2025, 12, 31);
        LocalDate first = LocalDate.of(2026, 1, 2);
        rate("USD", "1.17", "ecb", first);

        assertThat(BookDay.newest(book(), history(last, Map.of("USD", "1.175", "BGN", "1.9558"))))
                .map(HistoryDay::day)
                .contains(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1234567891", "100000000"})
    void a_rate_that_a_history_cannot_store_makes_no_day(String perEuro) {
        rate("USD", perEuro, "ecb", MONDAY).rate("JPY", "185.31", "ecb", MONDAY);

        assertThat(BookDay.newest(book(), BEFORE)).isEmpty();
    }

    private BookDayTest rate(String code, String perEuro, String source, LocalDate day) {
        rates.put(code, new Rate(new BigDecimal(perEuro), source, TargetCalendar.publication(day), Instant.MAX));
        return this;
    }

    private RateBook book() {
        return new RateBook(1, rates);
    }

    private static RateHistory history(LocalDate day, Map<String, String> perEuro) {
        Map<String, BigDecimal> rates = new TreeMap<>();
        perEuro.forEach((code, rate) -> rates.put(code, new BigDecimal(rate)));
        return RateHistory.of(List.of(new HistoryDay(day, rates)));
    }
}
