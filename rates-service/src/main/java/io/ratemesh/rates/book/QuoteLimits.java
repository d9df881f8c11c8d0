package io.ratemesh.rates.book;

import io.ratemesh.model.Currencies;
import io.ratemesh.rates.feed.FeedQuote;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Absolute limits of a single quote. */
final class QuoteLimits {

    /** One percent of the dearest unit in ISO 4217, an ounce of platinum or gold. */
    static final BigDecimal LEAST = new BigDecimal("0.000001");

    /** A hundred times the cheapest currency of today, some 10^6 for a euro. */
    static final BigDecimal MOST = new BigDecimal("100000000");

    /** The ECB's rates are dated 16:00 and can arrive some minutes earlier; clocks differ too. */
    static final Duration AHEAD = Duration.ofHours(24);

    private QuoteLimits() {}

    /** The reason to reject the quote; empty if it is within the limits. */
    static Optional<RejectionReason> rejection(FeedQuote quote, Instant now) {
        boolean isCurrent = Currencies.find(quote.currency())
                .filter(currency -> currency.withdrawn().isEmpty())
                .filter(currency -> currency.code().equals(quote.currency()))
                .isPresent();
        if (!isCurrent || Currencies.EURO.equals(quote.currency())) {
            return Optional.of(RejectionReason.CURRENCY);
        }
        if (quote.perEuro().signum() <= 0) {
            return Optional.of(RejectionReason.SIGN);
        }
        if (quote.perEuro().compareTo(LEAST) < 0 || quote.perEuro().compareTo(MOST) > 0) {
            return Optional.of(RejectionReason.MAGNITUDE);
        }
        if (quote.observedAt().isAfter(now.plus(AHEAD))) {
            return Optional.of(RejectionReason.FUTURE);
        }
        return Optional.empty();
    }
}
