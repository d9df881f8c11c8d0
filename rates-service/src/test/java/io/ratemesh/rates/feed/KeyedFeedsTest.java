package io.ratemesh.rates.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ratemesh.node.settings.Secret;
import java.math.BigDecimal;
import java.math.MathContext;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** openexchangerates.org and the three feeds of APILayer, with responses in their documented formats. */
class KeyedFeedsTest {

    private static final Instant AT = Instant.parse("2026-07-06T14:00:00Z");
    private static final Duration POLL = Duration.ofHours(8);
    private static final KeyedAddress ADDRESS =
            new KeyedAddress(URI.create("https://feed.example/latest"), "access_key", new Secret("s3cret"));

    private final OpenExchangeRatesFeed openExchangeRates = new OpenExchangeRatesFeed(ADDRESS, POLL);
    private final ApiLayerFeed fixer = new ApiLayerFeed("fixer", ADDRESS, POLL);
    private final ApiLayerFeed currencylayer = new ApiLayerFeed("currencylayer", ADDRESS, POLL);
    private final ApiLayerFeed exchangerateHost = new ApiLayerFeed("exchangerate-host", ADDRESS, POLL);

    @Test
    void open_exchange_rates_is_converted_from_the_dollar_to_the_euro() throws Exception {
        FeedResponse response = openExchangeRates.read(FeedFiles.read("openexchangerates-usd.json"));

        assertThat(response.quotes())
                .contains(
                        new FeedQuote("USD", divided("1", "0.876040"), AT),
                        new FeedQuote("JPY", divided("162.339", "0.876040"), AT))
                .extracting(FeedQuote::currency)
                .containsExactly("AED", "GBP", "JPY", "XAU", "USD");
    }

    @Test
    void quotes_of_api_layer_are_converted_from_their_source_to_the_euro() throws Exception {
        for (HttpFeed feed : new HttpFeed[] {currencylayer, exchangerateHost}) {
            assertThat(feed.read(FeedFiles.read("apilayer-quotes-usd.json")).quotes())
                    .containsExactly(
                            new FeedQuote("AED", divided("3.672504", "0.87604"), AT),
                            new FeedQuote("GBP", divided("0.749347", "0.87604"), AT),
                            new FeedQuote("XAU", divided("0.00030242", "0.87604"), AT),
                            new FeedQuote("USD", divided("1", "0.87604"), AT));
        }
    }

    @Test
    void fixers_rates_are_against_the_euro_already_and_may_have_exponents() throws Exception {
        assertThat(fixer.read(FeedFiles.read("fixer-eur.json")).quotes())
                .containsExactly(
                        new FeedQuote("AED", new BigDecimal("4.192243"), AT),
                        new FeedQuote("USD", new BigDecimal("1.1415"), AT),
                        new FeedQuote("XAU", new BigDecimal("0.00034521"), AT));
    }

    @Test
    void an_error_in_a_200_is_reported_by_its_number_only() {
        for (HttpFeed feed : new HttpFeed[] {fixer, currencylayer, exchangerateHost}) {
            assertThatThrownBy(() -> feed.read(FeedFiles.read("apilayer-error.json")))
                    .isInstanceOf(UnreadableResponseException.class)
                    .hasMessage("the provider reports error 101");
        }
        assertThatThrownBy(() -> openExchangeRates.read(
                        "{\"error\":true,\"status\":401,\"message\":\"invalid_app_id\",\"description\":\"s3cret\"}"
                                .getBytes(UTF_8)))
                .hasMessage("the provider reports error 401");
    }

    @Test
    void an_error_without_a_valid_number_is_reported_without_it() {
        for (String code : new String[] {"\"s3cret\"", "12345678901234567890", "-1", "{}"}) {
            assertThatThrownBy(() ->
                            fixer.read(("{\"success\":false,\"error\":{\"code\":" + code + ",\"info\":\"s3cret\"}}")
                                    .getBytes(UTF_8)))
                    .hasMessage("the provider reports error without a code");
        }
        assertThatThrownBy(() -> fixer.read("{\"success\":\"s3cret\"}".getBytes(UTF_8)))
                .hasMessage("the provider reports error without a code");
    }

    @Test
    void a_quote_against_another_currency_than_its_source_is_rejected() {
        String mixed = new String(FeedFiles.read("apilayer-quotes-usd.json"), UTF_8).replace("USDGBP", "CHFGBP");

        assertThatThrownBy(() -> currencylayer.read(mixed.getBytes(UTF_8)))
                .hasMessage("a quote against another currency than its source");
    }

    @Test
    void the_key_is_an_encoded_parameter() {
        Secret key = new Secret("a+b/c=&d e");

        assertThat(new KeyedAddress(URI.create("https://a.example/x"), "access_key", key).uri())
                .hasToString("https://a.example/x?access_key=a%2Bb%2Fc%3D%26d+e");
        assertThat(new KeyedAddress(URI.create("https://a.example/x?source=EUR#top"), "app_id", key).uri())
                .hasToString("https://a.example/x?source=EUR&app_id=a%2Bb%2Fc%3D%26d+e");
    }

    @Test
    void a_feed_as_text_does_not_show_its_key() {
        assertThat(fixer).asString().contains("(secret)").doesNotContain("s3cret");
        assertThat(openExchangeRates).asString().doesNotContain("s3cret");
    }

    private static BigDecimal divided(String rate, String euro) {
        return new BigDecimal(rate).divide(new BigDecimal(euro), MathContext.DECIMAL128);
    }
}
