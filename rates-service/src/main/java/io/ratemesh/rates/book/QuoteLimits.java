package io.ratemesh.rates.book;

import io.ratemesh.model.Currencies;
import io.ratemesh.rates.feed.FeedQuote;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether one quote can be true at all, whatever was known before. */
final class QuoteLimits {

    /** Below the dearest thing ISO 4217 has a code for, an ounce of platinum or gold, by two powers of ten. */
    static final BigDecimal LEAST = new BigDecimal("0.000001");

    /** Above the cheapest currency of today, some 10^6 for a euro, by two powers of ten. */
    static final BigDecimal MOST = new BigDecimal("100000000");

    /** The ECB's rates are from 16:00, and at times there some minutes before; a clock may be off too. */
    static final Duration AHEAD = Duration.ofHours(24);

    private QuoteLimits() {}

    /** Why the quote is refused; empty where it is not. */
    static Optional<RejectionReason> refuse(FeedQuote quote, Instant now) {
        boolean current = Currencies.find(quote.currency())
                .filter(currency -> currency.withdrawn().isEmpty())
                .filter(currency -> currency.code().equals(quote.currency()))
                .isPresent();
        if (!current || Currencies.EURO.equals(quote.currency())) {
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
