package io.ratemesh.converter.frankfurter;

import io.ratemesh.converter.http.ApiResponse;
import io.ratemesh.model.Currencies;
import io.ratemesh.model.history.RateHistory;
import io.ratemesh.model.history.SettledDays;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Iterator;

/** Makes the answer to a range: every day with a rate, from the last one on or before its beginning. */
final class RangeMaker {

    /** What a rate is at most, as {@code "IDR":20565.38,}, and what a day has besides. */
    private static final int RATE_CHARS = 15;

    private static final int DAY_CHARS = 16;

    private final RateHistory days;
    private final DayWriter writer;
    private final FrankfurterTarget.Range asked;
    private final LocalDate today;
    private final LocalDate first;
    private final LocalDate last;

    /**
     * Looks at a range.
     *
     * @param today where the ECB is
     */
    RangeMaker(RateHistory days, FrankfurterQuery query, FrankfurterTarget.Range asked, LocalDate today) {
        this.days = days;
        this.writer = new DayWriter(days, query);
        this.asked = asked;
        this.today = today;
        this.first =
                days.lastDay(Currencies.EURO, Currencies.EURO, asked.first()).orElse(asked.first());
        this.last = asked.last().orElse(today);
    }

    /** About how long the answer is at most. */
    long chars() {
        return days.days(first, last).count() * (DAY_CHARS + (long) RATE_CHARS * writer.width());
    }

    /**
     * The answer.
     *
     * @throws FrankfurterError with 404 where no day has a rate, or all are to come
     */
    ApiResponse answer() {
        StringBuilder rates = new StringBuilder((int) Math.min(chars(), 1 << 20));
        LocalDate begin = null;
        LocalDate end = null;
        Iterator<LocalDate> each = asked.first().isAfter(today)
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
        boolean settled = asked.last().isPresent() && SettledDays.settled(days, first, last, today);
        return FrankfurterResponse.of(json, settled);
    }
}
