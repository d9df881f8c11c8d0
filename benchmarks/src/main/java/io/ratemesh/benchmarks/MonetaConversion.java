package io.ratemesh.benchmarks;

import java.math.BigDecimal;
import java.math.RoundingMode;
import javax.money.CurrencyUnit;
import javax.money.Monetary;
import javax.money.MonetaryOperator;
import javax.money.RoundingQueryBuilder;
import javax.money.convert.CurrencyConversion;
import org.javamoney.moneta.Money;

/** One pair converted by Moneta the way its guide says: a conversion of a provider, then a rounding. */
final class MonetaConversion {

    /** A euro is a euro. */
    static final MonetaConversion NONE = at(BigDecimal.ONE, "EUR", "EUR");

    private final CurrencyUnit base;
    private final CurrencyConversion conversion;
    private final MonetaryOperator rounding;

    private MonetaConversion(CurrencyUnit base, CurrencyConversion conversion, MonetaryOperator rounding) {
        this.base = base;
        this.conversion = conversion;
        this.rounding = rounding;
    }

    /** At a fixed rate: units of {@code to} for one {@code from}. */
    static MonetaConversion at(BigDecimal rate, String from, String to) {
        CurrencyUnit base = Monetary.getCurrency(from);
        CurrencyUnit term = Monetary.getCurrency(to);
        MonetaryOperator rounding = Monetary.getRounding(RoundingQueryBuilder.of()
                .setCurrency(term)
                .set(RoundingMode.HALF_EVEN)
                .build());
        return new MonetaConversion(
                base, new FixedRateProvider(base, term, rate).getCurrencyConversion(term), rounding);
    }

    BigDecimal convert(BigDecimal amount) {
        return Money.of(amount, base)
                .with(conversion)
                .with(rounding)
                .getNumber()
                .numberValue(BigDecimal.class);
    }
}
