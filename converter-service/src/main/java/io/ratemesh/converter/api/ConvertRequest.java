package io.ratemesh.converter.api;

import io.ratemesh.converter.http.Problem;
import io.ratemesh.converter.http.ProblemCode;
import io.ratemesh.converter.http.ProblemException;
import io.ratemesh.model.Amount;
import io.ratemesh.model.Currency;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * One conversion as it was asked for.
 *
 * @param from what is given
 * @param to what is wanted
 * @param amount how much is given
 * @param rounding how the result rounds
 * @param scale decimals of the result, or {@link #FULL_SCALE}
 * @param date the day whose rates are wanted; empty for those of now
 */
record ConvertRequest(
        Currency from, Currency to, BigDecimal amount, RoundingMode rounding, int scale, Optional<LocalDate> date) {

    /** 34 significant digits instead of a scale. */
    static final int FULL_SCALE = -1;

    private static final int MAX_SCALE = 18;
    private static final Map<String, RoundingMode> ROUNDINGS = Map.of(
            "half-even", RoundingMode.HALF_EVEN,
            "half-up", RoundingMode.HALF_UP,
            "half-down", RoundingMode.HALF_DOWN,
            "up", RoundingMode.UP,
            "down", RoundingMode.DOWN,
            "ceiling", RoundingMode.CEILING,
            "floor", RoundingMode.FLOOR);

    /**
     * Reads a conversion: first how everything is spelled, then whether the currencies exist.
     *
     * @param values what was given, by name
     * @param ask for which day it is
     * @throws ProblemException with {@code bad-parameter}, {@code no-rate} or {@code unknown-currency}
     */
    static ConvertRequest read(Function<String, Optional<String>> values, ResourceRequest ask) {
        String from = CurrencyCodes.spelled("from", required(values, "from", CurrencyCodes.EXPECTED));
        String to = CurrencyCodes.spelled("to", required(values, "to", CurrencyCodes.EXPECTED));
        String amountText = required(values, "amount", Amount.EXPECTED);
        BigDecimal amount = Amount.parse(amountText)
                .orElseThrow(() ->
                        Problem.parameter("amount", amountText, Amount.EXPECTED).refusal());
        RoundingMode rounding =
                values.apply("rounding").map(ConvertRequest::rounding).orElse(RoundingMode.HALF_EVEN);
        Optional<LocalDate> date = values.apply("date").map(text -> DayParameter.read("date", text, ask.today()));
        int givenScale = values.apply("scale").map(ConvertRequest::scale).orElse(MAX_SCALE + 1);
        Currency toCurrency = CurrencyCodes.known("to", to);
        return new ConvertRequest(
                CurrencyCodes.known("from", from),
                toCurrency,
                amount,
                rounding,
                givenScale > MAX_SCALE ? toCurrency.scale() : givenScale,
                date);
    }

    private static String required(Function<String, Optional<String>> values, String name, String expected) {
        return values.apply(name)
                .orElseThrow(
                        () -> Problem.of(ProblemCode.BAD_PARAMETER, name + ": missing (expected: " + expected + ")")
                                .refusal());
    }

    /** The request of now in one spelling: the same for {@code usd} and {@code USD}, {@code 1} and {@code 01}. */
    String canonical() {
        return from.code() + '-' + to.code() + '-' + amount.toPlainString() + '-' + rounding + '-' + scale;
    }

    private static RoundingMode rounding(String word) {
        RoundingMode rounding = ROUNDINGS.get(word);
        if (rounding == null) {
            throw Problem.parameter("rounding", word, "one of " + String.join(", ", new TreeSet<>(ROUNDINGS.keySet())))
                    .refusal();
        }
        return rounding;
    }

    private static int scale(String text) {
        if ("full".equals(text)) {
            return FULL_SCALE;
        }
        if (text.length() <= 2 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            int scale = Integer.parseInt(text);
            if (scale <= MAX_SCALE) {
                return scale;
            }
        }
        throw Problem.parameter("scale", text, "0 to " + MAX_SCALE + ", or full")
                .refusal();
    }
}
