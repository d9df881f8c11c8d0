package io.ratemesh.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CurrencyPairTest {

    @ParameterizedTest
    @ValueSource(strings = {"EUR/USD", "eur/usd", "Eur/uSD"})
    void twoCodesWithASlashAreAPairInAnyCase(String text) {
        assertThat(CurrencyPair.parse(text)).contains(new CurrencyPair("EUR", "USD"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "EUR",
                "EURUSD",
                "EUR-USD",
                "EUR/US",
                "EU/USDX",
                "EUR/USDT",
                "EUR//USD",
                " EUR/USD",
                "EUR/USD ",
                "BTC/USD",
                "USD/BTC",
                "EUR/USD/JPY",
                "///////"
            })
    void anythingElseIsNone(String text) {
        assertThat(CurrencyPair.parse(text)).isEmpty();
    }

    @Test
    void aPairIsWrittenAsItIsRead() {
        CurrencyPair pair = new CurrencyPair("USD", "JPY");

        assertThat(pair).hasToString("USD/JPY");
        assertThat(CurrencyPair.parse(pair.toString())).contains(pair);
    }
}
