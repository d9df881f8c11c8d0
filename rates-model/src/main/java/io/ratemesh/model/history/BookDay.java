package io.ratemesh.model.history;

import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import io.ratemesh.model.TargetCalendar;
import io.ratemesh.model.legacy.LegalRates;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The newest day of the ECB's rates that a book holds. It is a day of the history from the moment the book is there: the
 * same rule for a node that answers from the book and for one that keeps days when the book has moved on, so that no two
 * answers disagree about which day is known.
 */
public final class BookDay {

    private BookDay() {}

    /**
     * The day of a book that comes after the last one of a history. Where other feeds are preferred, the book holds only
     * those of the ECB's rates that they lack, and a part of a day is no day: it has to have every currency of the
     * history's last day, but those that the euro has replaced since. Rates of a demonstration are not the ECB's.
     *
     * @return empty where the book holds no such day
     */
    public static Optional<HistoryDay> newest(RateBook book, RateHistory history) {
        Optional<LocalDate> day = book.rates().values().stream()
                .filter(BookDay::ofTheEcb)
                .map(BookDay::day)
                .max(Comparator.naturalOrder());
        Optional<HistoryDay> before = history.lastDay().flatMap(history::day);
        if (day.isEmpty() || before.isEmpty() || !day.get().isAfter(before.get().day())) {
            return Optional.empty();
        }
        Map<String, BigDecimal> rates = book.rates().entrySet().stream()
                .filter(rate -> ofTheEcb(rate.getValue())
                        && day(rate.getValue()).equals(day.get())
                        && PackedRate.fits(PackedRate.stripped(rate.getValue().perEuro())))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, rate -> rate.getValue().perEuro()));
        boolean whole = before.get().perEuro().keySet().stream()
                .allMatch(code -> rates.containsKey(code) || LegalRates.appliesOn(code, day.get()));
        return whole ? Optional.of(new HistoryDay(day.get(), rates)) : Optional.empty();
    }

    private static boolean ofTheEcb(Rate rate) {
        return BundledHistory.SOURCE.equals(rate.source());
    }

    private static LocalDate day(Rate rate) {
        return rate.asOf().atZone(TargetCalendar.FRANKFURT).toLocalDate();
    }
}
