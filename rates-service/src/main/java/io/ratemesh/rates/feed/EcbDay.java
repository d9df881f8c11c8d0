package io.ratemesh.rates.feed;

import io.ratemesh.model.TargetCalendar;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * The ECB's reference rates of one day.
 *
 * @param date the day of the rates
 * @param rates in the order of the file
 * @param unreadable the number of rates that are not numbers
 */
public record EcbDay(LocalDate date, List<EcbRate> rates, int unreadable) {

    public EcbDay {
        rates = List.copyOf(rates);
    }

    /**
     * The rate of one currency.
     *
     * @param currency the code
     * @param perEuro units of it for one euro, with the trailing zeros of the file
     */
    public record EcbRate(String currency, BigDecimal perEuro) {}

    /** The day as a response, observed at the time of publication. */
    public FeedResponse toResponse() {
        Instant observedAt = TargetCalendar.publication(date);
        return new FeedResponse(
                rates.stream()
                        .map(rate -> new FeedQuote(rate.currency(), rate.perEuro(), observedAt))
                        .toList(),
                unreadable);
    }
}
