package io.ratemesh.rates.feed;

import io.ratemesh.model.Currencies;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns a provider's table of rates, against whatever base it says, into an answer against the euro.
 *
 * <p>Against the euro the digits stay as they are. Against another base B each rate is divided once by the euro's, to 34
 * significant digits, half-even:
 *
 * <pre>
 * perEuro(X) = rate(X) / rate(EUR)
 * perEuro(B) =       1 / rate(EUR)
 * </pre>
 *
 * <p>A base is believed only as far as the table bears it out: where the base is listed itself, its rate is 1. Codes that
 * are no currencies of today are passed over.
 */
public final class EuroRates {

    /** As a cross rate is shown. */
    private static final MathContext DIGITS = MathContext.DECIMAL128;

    private EuroRates() {}

    /**
     * Reads a table.
     *
     * @param base what the provider says the rates are against, upper case
     * @param rates units of each currency for one of the base, by upper-case code
     * @param observedAt when the provider observed them
     * @throws UnreadableResponseException where the base is none, contradicts the table, or cannot be turned into the euro;
     *     or where not one currency of today is listed
     */
    public static FeedResponse answer(String base, Map<String, JsonValue> rates, Instant observedAt)
            throws UnreadableResponseException {
        if (!CurrentCurrencies.contains(base)) {
            throw new UnreadableResponseException("a base that is no currency in use");
        }
        JsonValue own = rates.get(base);
        if (own != null && own.rate().filter(EuroRates::isOne).isEmpty()) {
            throw new UnreadableResponseException("a base whose own rate is not 1: another base than it says");
        }
        return Currencies.EURO.equals(base)
                ? read(base, rates, observedAt, Optional.empty())
                : read(base, rates, observedAt, Optional.of(euro(rates)));
    }

    private static boolean isOne(BigDecimal rate) {
        return rate.compareTo(BigDecimal.ONE) == 0;
    }

    private static BigDecimal euro(Map<String, JsonValue> rates) throws UnreadableResponseException {
        return Optional.ofNullable(rates.get(Currencies.EURO))
                .flatMap(JsonValue::rate)
                .filter(rate -> rate.signum() > 0)
                .orElseThrow(
                        () -> new UnreadableResponseException("another base than the euro, and no rate of the euro"));
    }

    private static FeedResponse read(
            String base, Map<String, JsonValue> rates, Instant observedAt, Optional<BigDecimal> divisor)
            throws UnreadableResponseException {
        List<FeedQuote> quotes = new ArrayList<>();
        int unreadable = 0;
        for (Map.Entry<String, JsonValue> entry : rates.entrySet()) {
            String currency = entry.getKey();
            if (currency.equals(base) || currency.equals(Currencies.EURO) || !CurrentCurrencies.contains(currency)) {
                continue;
            }
            Optional<BigDecimal> rate = entry.getValue().rate();
            if (rate.isEmpty()) {
                unreadable++;
                continue;
            }
            quotes.add(new FeedQuote(currency, perEuro(rate.get(), divisor), observedAt));
        }
        divisor.ifPresent(euro -> quotes.add(new FeedQuote(base, BigDecimal.ONE.divide(euro, DIGITS), observedAt)));
        if (quotes.isEmpty()) {
            throw new UnreadableResponseException("not one rate of a currency in use");
        }
        return new FeedResponse(quotes, unreadable);
    }

    private static BigDecimal perEuro(BigDecimal rate, Optional<BigDecimal> divisor) {
        return divisor.map(euro -> rate.divide(euro, DIGITS)).orElse(rate);
    }
}
