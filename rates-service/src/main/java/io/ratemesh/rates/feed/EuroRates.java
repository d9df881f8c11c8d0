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
 * Converts a provider's table of rates, whatever its base, to rates against the euro.
 *
 * <p>The digits of a table against the euro are kept. With another base B, each rate is divided once by the rate of the euro,
 * to 34 significant digits, half-even:
 *
 * <pre>
 * perEuro(X) = rate(X) / rate(EUR)
 * perEuro(B) =       1 / rate(EUR)
 * </pre>
 *
 * <p>If the base is listed itself, its rate must be 1. Codes that are not in use are skipped.
 */
public final class EuroRates {

    /** The precision of cross rates. */
    private static final MathContext DIGITS = MathContext.DECIMAL128;

    private EuroRates() {}

    /**
     * Converts a table.
     *
     * @param base the base according to the response, upper case
     * @param rates units of each currency for one unit of the base, by upper-case code
     * @param observedAt when the provider observed the rates
     * @throws UnreadableResponseException if the base is not a currency in use, contradicts the table, or the rate of the euro is
     *     missing; or if no currency in use is listed
     */
    public static FeedResponse toResponse(String base, Map<String, JsonValue> rates, Instant observedAt)
            throws UnreadableResponseException {
        if (!CurrentCurrencies.contains(base)) {
            throw new UnreadableResponseException("the base is not a currency in use");
        }
        JsonValue own = rates.get(base);
        if (own != null && own.rate().filter(EuroRates::isOne).isEmpty()) {
            throw new UnreadableResponseException("the rate of the base itself is not 1: another base?");
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
                .orElseThrow(() ->
                        new UnreadableResponseException("the base is not the euro, and there is no rate of the euro"));
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
            throw new UnreadableResponseException("no rate of a currency in use");
        }
        return new FeedResponse(quotes, unreadable);
    }

    private static BigDecimal perEuro(BigDecimal rate, Optional<BigDecimal> divisor) {
        return divisor.map(euro -> rate.divide(euro, DIGITS)).orElse(rate);
    }
}
