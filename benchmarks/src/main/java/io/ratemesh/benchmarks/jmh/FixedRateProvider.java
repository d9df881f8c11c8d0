package io.ratemesh.benchmarks.jmh;

import java.math.BigDecimal;
import javax.money.CurrencyUnit;
import javax.money.convert.ConversionContext;
import javax.money.convert.ConversionQuery;
import javax.money.convert.ExchangeRate;
import javax.money.convert.ProviderContext;
import javax.money.convert.RateType;
import org.javamoney.moneta.convert.ExchangeRateBuilder;
import org.javamoney.moneta.spi.AbstractRateProvider;
import org.javamoney.moneta.spi.DefaultNumberValue;

/** A Moneta rate provider with one fixed rate. */
final class FixedRateProvider extends AbstractRateProvider {

    private static final String NAME = "fixed";

    private final ExchangeRate rate;

    FixedRateProvider(CurrencyUnit base, CurrencyUnit term, BigDecimal factor) {
        super(ProviderContext.of(NAME, RateType.DEFERRED));
        rate = new ExchangeRateBuilder(ConversionContext.of(NAME, RateType.DEFERRED))
                .setBase(base)
                .setTerm(term)
                .setFactor(DefaultNumberValue.of(factor))
                .build();
    }

    @Override
    public ExchangeRate getExchangeRate(ConversionQuery query) {
        return rate;
    }
}
