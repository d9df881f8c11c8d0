package io.ratemesh.converter.api;

import io.ratemesh.converter.http.ProblemException;
import io.ratemesh.converter.http.Query;
import io.ratemesh.converter.route.ResourceRequest;
import io.ratemesh.model.Amount;
import io.ratemesh.model.Currency;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/**
 * The parameters of a conversion.
 *
 * @param amount of {@code from}
 * @param scale decimals of the result, or {@link #FULL_SCALE}
 * @param date the day of the rates; empty for the current ones
 */
record ConvertRequest(
        Currency from, Currency to, BigDecimal amount, RoundingMode rounding, int scale, Optional<LocalDate> date) {

    /** 34 significant digits instead of a scale. */
    static final int FULL_SCALE = -1;

    private static final String FULL = "full";

    /**
     * Reads a conversion from parameters that the OpenAPI document allows.
     *
     * @param request for the current day, which is computed only when there is a date
     * @throws ProblemException with {@code bad-parameter}, {@code no-rate} or {@code unknown-currency}
     */
    static ConvertRequest read(Query parameters, ResourceRequest request) {
        BigDecimal amount = Amount.parse(parameters.get("amount")).orElseThrow(() -> parameters.invalid("amount"));
        RoundingMode rounding =
                parameters.optional("rounding").map(ConvertRequest::rounding).orElse(RoundingMode.HALF_EVEN);
        Optional<LocalDate> date =
                parameters.optional("date").map(text -> DayParameter.withRate("date", text, request.today()));
        Optional<Integer> scale = parameters.optional("scale").map(ConvertRequest::scale);
        Currency to = CurrencyCodes.known("to", parameters.get("to"));
        return new ConvertRequest(
                CurrencyCodes.known("from", parameters.get("from")),
                to,
                amount,
                rounding,
                scale.isPresent() ? scale.get() : to.scale(),
                date);
    }

    /** The request without differences of spelling: the same for {@code usd} and {@code USD}, {@code 1} and {@code 01}. */
    String canonical() {
        return from.code() + '-' + to.code() + '-' + amount.toPlainString() + '-' + rounding + '-' + scale;
    }

    private static RoundingMode rounding(String word) {
        return RoundingMode.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private static int scale(String text) {
        return FULL.equals(text) ? FULL_SCALE : Integer.parseInt(text);
    }
}
