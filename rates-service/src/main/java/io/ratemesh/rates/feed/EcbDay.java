package io.ratemesh.rates.feed;

import io.ratemesh.model.TargetCalendar;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * The reference rates of one day as the ECB publishes them.
 *
 * @param date the day they are from
 * @param rates in the order of the file
 * @param unreadable how many rates were no numbers
 */
public record EcbDay(LocalDate date, List<EcbRate> rates, int unreadable) {

    public EcbDay {
        rates = List.copyOf(rates);
    }

    /**
     * One line.
     *
     * @param currency the code
     * @param perEuro units of it for one euro, zeros at the end as the file has them
     */
    public record EcbRate(String currency, BigDecimal perEuro) {}

    /** The day as an answer, observed when such a day is published. */
    public FeedResponse answer() {
        Instant observedAt = TargetCalendar.publication(date);
        return new FeedResponse(
                rates.stream()
                        .map(rate -> new FeedQuote(rate.currency(), rate.perEuro(), observedAt))
                        .toList(),
                unreadable);
    }
}
