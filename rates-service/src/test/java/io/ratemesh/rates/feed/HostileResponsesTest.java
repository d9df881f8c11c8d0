package io.ratemesh.rates.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ratemesh.model.RateBook;
import io.ratemesh.node.settings.RateLimits;
import io.ratemesh.node.settings.Secret;
import io.ratemesh.rates.book.BookRules;
import io.ratemesh.rates.book.LatestQuotes;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Invalid responses, some of them seen in practice, for every feed that reads JSON. */
class HostileResponsesTest {

    private static final Instant NOW = Instant.parse("2026-07-06T15:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final URI AT = URI.create("https://feed.example/");
    private static final Duration POLL = Duration.ofHours(1);
    private static final KeyedAddress KEYED = new KeyedAddress(AT, "access_key", new Secret("s3cret"));

    /** A feed and one of its responses, with placeholders for the base and the rate of the yen. */
    private record Sample(String name, HttpFeed feed, String template) {

        @Override
        public String toString() {
            return name;
        }

        private String with(String yen) {
            return with("EUR", yen);
        }

        private String with(String base, String yen) {
            String named = feed instanceof CurrencyApiFeed ? base.toLowerCase(Locale.ROOT) : base;
            return template.replace("BASE", named).replace("YEN", yen);
        }

        private FeedResponse read(String body) throws UnreadableResponseException {
            return feed.read(body.getBytes(UTF_8));
        }
    }

    private static Stream<Sample> samples() {
        return Stream.of(
                new Sample(
                        "open er api",
                        new OpenErApiFeed(AT, POLL),
                        "{\"result\":\"success\",\"time_last_update_unix\":1783346400,\"time_next_update_unix\":1783432800,"
                                + "\"time_eol_unix\":0,\"base_code\":\"BASE\",\"rates\":{\"GBP\":0.85,\"JPY\":YEN}}"),
                new Sample(
                        "coinbase",
                        new CoinbaseFeed(AT, POLL, CLOCK),
                        "{\"data\":{\"currency\":\"BASE\",\"rates\":{\"GBP\":\"0.85\",\"JPY\":YEN}}}"),
                new Sample(
                        "frankfurter 1",
                        new FrankfurterFeed(AT, POLL),
                        "{\"amount\":1.0,\"base\":\"BASE\",\"date\":\"2026-07-06\",\"rates\":{\"GBP\":0.85,\"JPY\":YEN}}"),
                new Sample(
                        "frankfurter 2",
                        new FrankfurterFeed(AT, POLL),
                        "[{\"date\":\"2026-07-06\",\"base\":\"BASE\",\"quote\":\"GBP\",\"rate\":0.85},"
                                + "{\"date\":\"2026-07-06\",\"base\":\"BASE\",\"quote\":\"JPY\",\"rate\":YEN}]"),
                new Sample(
                        "currency api",
                        new CurrencyApiFeed(AT, List.of(), POLL),
                        "{\"date\":\"2026-07-06\",\"BASE\":{\"gbp\":0.85,\"jpy\":YEN}}"),
                new Sample(
                        "open exchange rates",
                        new OpenExchangeRatesFeed(KEYED, POLL),
                        "{\"timestamp\":1783346400,\"base\":\"BASE\",\"rates\":{\"GBP\":0.85,\"JPY\":YEN}}"),
                new Sample(
                        "exchangerate host",
                        new ApiLayerFeed("exchangerate-host", KEYED, POLL),
                        "{\"success\":true,\"timestamp\":1783346400,\"source\":\"BASE\","
                                + "\"quotes\":{\"BASEGBP\":0.85,\"BASEJPY\":YEN}}"),
                new Sample(
                        "currencylayer",
                        new ApiLayerFeed("currencylayer", KEYED, POLL),
                        "{\"success\":true,\"timestamp\":1783346400,\"source\":\"BASE\","
                                + "\"quotes\":{\"BASEGBP\":0.85,\"BASEJPY\":YEN}}"),
                new Sample(
                        "fixer",
                        new ApiLayerFeed("fixer", KEYED, POLL),
                        "{\"success\":true,\"timestamp\":1783346400,\"base\":\"BASE\",\"rates\":{\"GBP\":0.85,\"JPY\":YEN}}"));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void the_unchanged_response_is_accepted(Sample sample) throws Exception {
        FeedResponse response = sample.read(sample.with("185.31000000000000000000001"));

        assertThat(response.unreadable()).isZero();
        assertThat(response.quotes()).extracting(FeedQuote::currency).containsExactly("GBP", "JPY");
        assertThat(response.quotes().get(1).perEuro()).isEqualTo(new BigDecimal("185.31000000000000000000001"));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_page_for_browsers_is_rejected(Sample sample) {
        for (String page : List.of("<html><body>Scheduled maintenance</body></html>", "", "OK", "null", "[]", "{}")) {
            assertRejected(sample, page);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_response_truncated_anywhere_is_rejected(Sample sample) {
        byte[] whole = sample.with("185.31").getBytes(UTF_8);

        for (int length = 0; length < whole.length; length++) {
            byte[] truncated = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> sample.feed.read(truncated))
                    .as("truncated at %s", length)
                    .isInstanceOf(UnreadableResponseException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void another_base_without_the_euro_is_rejected(Sample sample) {
        for (String base : List.of("USD", "XYZ", "BTC", "DEM")) {
            assertRejected(sample, sample.with(base, "185.31"));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_zero_or_negative_rate_is_never_accepted(Sample sample) throws Exception {

        for (String yen : List.of("-185.31", "0", "0.000", "-0", "\"-185.31\"", "\"0\"")) {
            FeedResponse response = sample.read(sample.with(yen));
            BookRules rules = BookRules.of(List.of(sample.feed), RateLimits.DEFAULT, CLOCK);
            assertThat(rules.validator()
                            .check(sample.feed, response, new LatestQuotes(rules.limit()), RateBook.EMPTY)
                            .rates())
                    .as(yen)
                    .containsOnlyKeys("GBP");
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_rate_that_is_not_a_number_is_skipped_alone(Sample sample) throws Exception {
        for (String yen : List.of(
                "\"NaN\"", "\"\"", "\"1,5\"", "\"N/A\"", "null", "true", "{}", "{\"rate\":185.31}", "[185.31]")) {
            FeedResponse response = sample.read(sample.with(yen));
            assertThat(response.quotes())
                    .as(yen)
                    .extracting(FeedQuote::currency)
                    .containsExactly("GBP");
            assertThat(response.unreadable()).as(yen).isOne();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_bare_nan_is_not_json(Sample sample) {
        for (String yen : List.of("NaN", "Infinity", "-Infinity", "0x1p3")) {
            assertRejected(sample, sample.with(yen));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_number_with_a_large_exponent_is_not_computed(Sample sample) throws Exception {
        for (String yen : List.of("1e1000000", "1e-1000000", "1e2147483647", "\"1e1000000\"", "1e99")) {
            FeedResponse response = sample.read(sample.with(yen));
            assertThat(response.quotes())
                    .as(yen)
                    .extracting(FeedQuote::currency)
                    .containsExactly("GBP");
            assertThat(response.unreadable()).as(yen).isOne();
        }
        assertRejected(sample, sample.with("1".repeat(5_000)));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_number_as_text_is_the_same_number(Sample sample) throws Exception {
        assertThat(sample.read(sample.with("\"185.31\""))).isEqualTo(sample.read(sample.with("185.31")));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_name_that_occurs_twice_is_rejected(Sample sample) {
        String good = sample.with("185.31");
        int colon = good.lastIndexOf(':');
        String name = good.substring(good.lastIndexOf('"', colon - 2), colon);

        assertRejected(sample, good.replace("185.31", "185.31," + name + ":1"));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void deep_nesting_is_rejected(Sample sample) {
        assertRejected(sample, sample.with("[".repeat(50_000)));
        assertRejected(sample, sample.with("[".repeat(50_000) + "]".repeat(50_000)));
        assertRejected(sample, "{\"a\":".repeat(50_000));
    }

    private static void assertRejected(Sample sample, String body) {
        assertThatThrownBy(() -> sample.read(body))
                .as(body.substring(0, Math.min(200, body.length())))
                .isInstanceOf(UnreadableResponseException.class);
    }
}
