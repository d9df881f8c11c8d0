package io.ratemesh.rates.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EuroRatesTest {

    private static final Instant NOON = Instant.parse("2026-07-06T12:00:00Z");

    @Test
    void against_the_euro_the_digits_stay_as_they_are() throws Exception {
        assertThat(EuroRates.toResponse("EUR", Map.of("USD", digits("1.14150")), NOON))
                .isEqualTo(new FeedResponse(List.of(quote("USD", "1.14150")), 0));
    }

    @Test
    void another_base_is_converted_by_one_division_to_34_digits() throws Exception {
        FeedResponse response = EuroRates.toResponse("USD", Map.of("EUR", digits("0.9"), "GBP", digits("0.75")), NOON);

        assertThat(response.quotes())
                .containsExactly(
                        quote("GBP", "0.8333333333333333333333333333333333"),
                        quote("USD", "1.111111111111111111111111111111111"));
    }

    @Test
    void the_base_and_the_euro_are_not_quotes() throws Exception {
        FeedResponse response = EuroRates.toResponse(
                "USD", Map.of("USD", digits("1.0"), "EUR", digits("0.5"), "GBP", digits("0.75")), NOON);

        assertThat(response.quotes()).containsExactly(quote("GBP", "1.5"), quote("USD", "2"));
    }

    @Test
    void a_base_whose_own_rate_is_not_one_is_rejected() {
        assertThatThrownBy(
                        () -> EuroRates.toResponse("EUR", Map.of("EUR", digits("0.876"), "JPY", digits("162.3")), NOON))
                .isInstanceOf(UnreadableResponseException.class)
                .hasMessageContaining("another base");
        assertThatThrownBy(() -> EuroRates.toResponse("USD", Map.of("USD", digits("x"), "EUR", digits("1")), NOON))
                .isInstanceOf(UnreadableResponseException.class);
    }

    @Test
    void another_base_without_a_usable_euro_is_rejected() {
        for (JsonValue euro : new JsonValue[] {digits("0"), digits("-1"), digits("1e99"), JsonValue.Word.NULL}) {
            assertThatThrownBy(() -> EuroRates.toResponse("USD", Map.of("EUR", euro, "GBP", digits("0.75")), NOON))
                    .isInstanceOf(UnreadableResponseException.class)
                    .hasMessageContaining("no rate of the euro");
        }
        assertThatThrownBy(() -> EuroRates.toResponse("USD", Map.of("GBP", digits("0.75")), NOON))
                .hasMessageContaining("no rate of the euro");
    }

    @Test
    void a_base_that_is_not_a_currency_is_rejected() {
        for (String base : new String[] {"", "eur", "XYZ", "BTC", "DEM", "XXX", "XTS"}) {
            assertThatThrownBy(() -> EuroRates.toResponse(base, Map.of("EUR", digits("1"), "USD", digits("1")), NOON))
                    .as(base)
                    .hasMessage("the base is not a currency in use");
        }
    }

    @Test
    void only_currencies_in_use_are_quoted() throws Exception {
        FeedResponse response = EuroRates.toResponse(
                "EUR",
                Map.of(
                        "BTC", digits("0.00001"),
                        "DEM", digits("1.95583"),
                        "ZWL", digits("370"),
                        "BGN", digits("1.95583"),
                        "XTS", digits("1"),
                        "usd", digits("1"),
                        "", digits("1"),
                        "ZWG", digits("30"),
                        "XAU", digits("0.0003")),
                NOON);

        assertThat(response.quotes()).extracting(FeedQuote::currency).containsExactlyInAnyOrder("XAU", "ZWG");
    }

    @Test
    void a_table_without_a_currency_in_use_is_rejected() {
        assertThatThrownBy(() -> EuroRates.toResponse("EUR", Map.of("EUR", digits("1"), "BTC", digits("1")), NOON))
                .hasMessage("no rate of a currency in use");
    }

    private static JsonValue digits(String text) {
        return new JsonValue.Digits(text);
    }

    private static FeedQuote quote(String currency, String perEuro) {
        return new FeedQuote(currency, new BigDecimal(perEuro), NOON);
    }
}
