package io.ratemesh.converter.frankfurter;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.converter.TestBooks;
import io.ratemesh.converter.book.BookView;
import io.ratemesh.model.RateBook;
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
    private static final RateHistory BEFORE = history(LocalDate.of(2026, 7, 3), "1.14", "185");

    @Test
    void aWholeDayThatOnlyTheBookHasIsThere() {
        RateHistory days = new EcbDays().of(view(TestBooks.example(), BEFORE));

        assertThat(days.lastDay()).contains(MONDAY);
        assertThat(days.perEuro("USD", MONDAY)).contains(new BigDecimal("1.1415"));
        assertThat(days.perEuro("GBP", MONDAY)).contains(new BigDecimal("0.86"));
    }

    @Test
    void aPartOfADayIsNone() {
        RateHistory days = new EcbDays().of(view(TestBooks.book().ecb("GBP", "0.86"), BEFORE));

        assertThat(days).isSameAs(BEFORE);
    }

    @Test
    void ratesOfOtherFeedsAndOfOtherDaysDoNotCount() {
        Instant friday = Instant.parse("2026-07-03T14:00:00Z");
        TestBooks mixed = TestBooks.example().from("coinbase", "JPY", "190", TestBooks.OBSERVED);
        TestBooks late = TestBooks.example().from("ecb", "JPY", "185", friday);

        assertThat(new EcbDays().of(view(mixed, BEFORE))).isSameAs(BEFORE);
        assertThat(new EcbDays().of(view(late, BEFORE))).isSameAs(BEFORE);
    }

    @Test
    void aDayThatTheHistoryHasIsTheHistorys() {
        RateHistory history = history(MONDAY, "1.2", "200");

        assertThat(new EcbDays().of(view(TestBooks.example(), history))).isSameAs(history);
    }

    @Test
    void booksThatSayTheSameOfTheEcbHaveTheSameDays() {
        EcbDays ecb = new EcbDays();
        RateHistory first = ecb.of(view(TestBooks.example(), BEFORE));
        RateHistory second = ecb.of(view(TestBooks.example().from("coinbase", "XAU", "0.0003", Instant.now()), BEFORE));
        RateHistory third = ecb.of(view(TestBooks.example().ecb("USD", "1.2"), BEFORE));

        assertThat(second).isSameAs(first);
        assertThat(third.perEuro("USD", MONDAY)).contains(new BigDecimal("1.2"));
    }

    private static BookView view(TestBooks rates, RateHistory history) {
        RateBook book = rates.version(1);
        return new BookView(book, history);
    }

    private static RateHistory history(LocalDate day, String dollar, String yen) {
        return RateHistory.of(
                List.of(new HistoryDay(day, Map.of("USD", new BigDecimal(dollar), "JPY", new BigDecimal(yen)))));
    }
}
