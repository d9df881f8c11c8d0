package io.ratemesh.benchmarks.jmh;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.money.CurrencyUnit;
import javax.money.Monetary;
import javax.money.MonetaryOperator;
import javax.money.RoundingQueryBuilder;
import javax.money.convert.CurrencyConversion;
import org.javamoney.moneta.Money;

/** Converts one pair with Moneta as its guide describes: the conversion of a provider, then a rounding. */
final class MonetaConversion {

    /** It would say in each JVM of a benchmark which arithmetic it uses. */
    private static final Logger MONETA = Logger.getLogger("org.javamoney.moneta");

    static {
        MONETA.setLevel(Level.WARNING);
    }

    /** From euro to euro. */
    static final MonetaConversion NONE = at(BigDecimal.ONE, "EUR", "EUR");

    private final CurrencyUnit base;
    private final CurrencyConversion conversion;
    private final MonetaryOperator rounding;

    private MonetaConversion(CurrencyUnit base, CurrencyConversion conversion, MonetaryOperator rounding) {
        this.base = base;
        this.conversion = conversion;
        this.rounding = rounding;
    }

    /** Creates a conversion at a fixed rate: units of {@code to} for one {@code from}. */
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
