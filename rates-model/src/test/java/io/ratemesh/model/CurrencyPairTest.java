package io.ratemesh.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CurrencyPairTest {

    @ParameterizedTest
    @ValueSource(strings = {"EUR/USD", "eur/usd", "Eur/uSD"})
    void two_codes_with_a_slash_are_a_pair_in_any_case(String text) {
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
    void anything_else_is_not_a_pair(String text) {
        assertThat(CurrencyPair.parse(text)).isEmpty();
    }

    @Test
    void a_pair_is_formatted_as_it_is_parsed() {
        CurrencyPair pair = new CurrencyPair("USD", "JPY");

        assertThat(pair).hasToString("USD/JPY");
        assertThat(CurrencyPair.parse(pair.toString())).contains(pair);
    }
}
