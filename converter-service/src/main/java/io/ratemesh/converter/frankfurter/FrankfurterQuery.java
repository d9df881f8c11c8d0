package io.ratemesh.converter.frankfurter;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.ratemesh.converter.http.ProblemException;
import io.ratemesh.model.Amount;
import io.ratemesh.model.Currencies;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request, read as leniently as Frankfurter does: unknown ones are ignored, the last of repeated ones
 * counts, {@code from} outranks {@code base} and {@code to} outranks {@code symbols}.
 *
 * @param amount of the base, above 0, without trailing zeros
 * @param base upper-case, not necessarily a currency
 * @param symbols upper-case, not necessarily currencies; empty for all of them
 */
record FrankfurterQuery(BigDecimal amount, String base, Optional<List<String>> symbols) {

    /** How JavaScript writes very small and very large numbers. */
    private static final Pattern EXPONENT = Pattern.compile("[0-9]{1,30}(\\.[0-9]{1,18})?[eE][+-]?[0-9]{1,2}");

    /**
     * Reads a query.
     *
     * @param raw the text after the question mark; null when there is none
     * @throws ProblemException with 422
     */
    static FrankfurterQuery read(@Nullable String raw) {
        Map<String, List<String>> values = decoded(raw == null ? "" : raw);
        BigDecimal amount = last(values, "amount").map(FrankfurterQuery::amount).orElse(BigDecimal.ONE);
        Optional<String> base =
                last(values, "from").or(() -> last(values, "base")).map(FrankfurterQuery::upperCase);
        Optional<List<String>> symbols = last(values, "to")
                .or(() -> last(values, "symbols"))
                .map(text -> List.of(upperCase(text).split(",")));
        if (base.isPresent() && symbols.equals(base.map(List::of))) {
            throw FrankfurterError.unprocessable("bad currency pair");
        }
        return new FrankfurterQuery(amount, base.orElse(Currencies.EURO), symbols);
    }

    private static Map<String, List<String>> decoded(String raw) {
        try {
            return new QueryStringDecoder(raw, StandardCharsets.UTF_8, false).parameters();
        } catch (IllegalArgumentException e) {
            throw FrankfurterError.unprocessable("invalid query");
        }
    }

    private static Optional<String> last(Map<String, List<String>> values, String name) {
        List<String> given = values.getOrDefault(name, List.of());
        return given.isEmpty() ? Optional.empty() : Optional.of(given.get(given.size() - 1));
    }

    /** Frankfurter reads {@code 1,5} as 1 and {@code 2x} as 2; an error is better than a wrong amount. */
    private static BigDecimal amount(String text) {
        return Amount.parse(text)
                .or(() -> withExponent(text))
                .filter(amount -> amount.signum() > 0)
                .map(BigDecimal::stripTrailingZeros)
                .orElseThrow(() -> FrankfurterError.unprocessable("invalid amount"));
    }

    private static Optional<BigDecimal> withExponent(String text) {
        return EXPONENT.matcher(text).matches() ? Amount.parse(new BigDecimal(text).toPlainString()) : Optional.empty();
    }

    /** Only ASCII changes its case: the dotless i would become the I of IDR. */
    private static String upperCase(String text) {
        return text.chars().allMatch(c -> c < 128) ? text.toUpperCase(Locale.ROOT) : text;
    }
}
