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
 * The newest day of the ECB's rates in a book. It belongs to the history as soon as the book is there. Converters and rates
 * nodes apply the same rule, so that no two responses disagree about the newest day.
 */
public final class BookDay {

    private BookDay() {}

    /**
     * The day of a book after the last one of a history. The day must have every currency of the history's last day, except
     * those that the euro has replaced since: if other feeds are preferred, the book has only a part of the ECB's rates.
     *
     * @return empty if the book has no such day
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
