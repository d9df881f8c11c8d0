package io.ratemesh.converter.frankfurter;

import io.ratemesh.converter.book.BookView;
import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import io.ratemesh.model.TargetCalendar;
import io.ratemesh.model.history.BundledHistory;
import io.ratemesh.model.history.HistoryDay;
import io.ratemesh.model.history.RateHistory;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The days of which the ECB has published rates: those of the history, and a newer one that only the book has. Remembers
 * the last, for books come often and days do not. Lives on one event loop.
 */
final class EcbDays {

    private @Nullable BookView seen;
    private RateHistory history = RateHistory.EMPTY;
    private Optional<HistoryDay> newest = Optional.empty();
    private RateHistory days = RateHistory.EMPTY;

    /** The days of a book and the history beside it: the same object while they say the same. */
    RateHistory of(BookView book) {
        if (seen != book) {
            Optional<HistoryDay> published = newest(book.book(), book.history());
            if (!history.equals(book.history()) || !newest.equals(published)) {
                days = published.map(day -> book.history().plus(List.of(day))).orElse(book.history());
            }
            seen = book;
            history = book.history();
            newest = published;
        }
        return days;
    }

    /**
     * The newest day of the ECB's in a book, where the history has not come to it yet. Where other feeds come first the
     * book has only what they lack, and a part of a day is none: it has to have every currency of the day before.
     */
    static Optional<HistoryDay> newest(RateBook book, RateHistory history) {
        Optional<LocalDate> day = book.rates().values().stream()
                .filter(EcbDays::ofTheEcb)
                .map(EcbDays::day)
                .max(Comparator.naturalOrder());
        Optional<HistoryDay> before = history.lastDay().flatMap(history::day);
        if (day.isEmpty() || before.isEmpty() || !day.get().isAfter(before.get().day())) {
            return Optional.empty();
        }
        Map<String, BigDecimal> rates = book.rates().entrySet().stream()
                .filter(rate ->
                        ofTheEcb(rate.getValue()) && day(rate.getValue()).equals(day.get()))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, rate -> rate.getValue().perEuro()));
        return rates.keySet().containsAll(before.get().perEuro().keySet())
                ? Optional.of(new HistoryDay(day.get(), rates))
                : Optional.empty();
    }

    private static boolean ofTheEcb(Rate rate) {
        return BundledHistory.SOURCE.equals(rate.source());
    }

    private static LocalDate day(Rate rate) {
        return rate.asOf().atZone(TargetCalendar.FRANKFURT).toLocalDate();
    }
}
