package io.ratemesh.converter.frankfurter;

import io.ratemesh.converter.http.ApiResponse;
import io.ratemesh.converter.http.ProblemException;
import io.ratemesh.model.Currencies;
import io.ratemesh.model.history.RateHistory;
import io.ratemesh.model.history.SettledDays;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Iterator;

/** Makes the response to a range: every day with a rate, from the last one on or before its first day. */
final class RangeMaker {

    /** The length of a rate at most, such as {@code "IDR":20565.38,}. */
    private static final int RATE_CHARS = 15;

    /** The length of a day without its rates. */
    private static final int DAY_CHARS = 16;

    private final RateHistory days;
    private final DayWriter writer;
    private final FrankfurterTarget.Range range;
    private final LocalDate today;
    private final LocalDate first;
    private final LocalDate last;

    /**
     * A range.
     *
     * @param today in Frankfurt
     */
    RangeMaker(RateHistory days, FrankfurterQuery query, FrankfurterTarget.Range range, LocalDate today) {
        this.days = days;
        this.writer = new DayWriter(days, query);
        this.range = range;
        this.today = today;
        this.first =
                days.lastDay(Currencies.EURO, Currencies.EURO, range.first()).orElse(range.first());
        this.last = range.last().orElse(today);
    }

    /** About the greatest length of the response. */
    long maxChars() {
        return days.days(first, last).count() * (DAY_CHARS + (long) RATE_CHARS * writer.width());
    }

    /**
     * The response.
     *
     * @throws ProblemException with 404 when no day has a rate, or all are in the future
     */
    ApiResponse response() {
        StringBuilder rates = new StringBuilder((int) Math.min(maxChars(), 1 << 20));
        LocalDate begin = null;
        LocalDate end = null;
        Iterator<LocalDate> each = range.first().isAfter(today)
                ? Collections.emptyIterator()
                : days.days(first, last).iterator();
        while (each.hasNext()) {
            LocalDate day = each.next();
            int length = rates.length();
            rates.append(begin == null ? "" : ",").append('"').append(day).append("\":");
            if (writer.append(rates, day)) {
                begin = begin == null ? day : begin;
                end = day;
            } else {
                rates.setLength(length);
            }
        }
        if (begin == null || end == null) {
            throw FrankfurterError.notFound();
        }
        StringBuilder json = writer.begin(new StringBuilder(rates.length() + 100));
        json.append(",\"start_date\":\"")
                .append(begin)
                .append("\",\"end_date\":\"")
                .append(end);
        json.append("\",\"rates\":{").append(rates).append("}}");
        boolean settled = range.last().isPresent() && SettledDays.settled(days, first, last, today);
        return FrankfurterResponse.of(json, settled);
    }
}
