package io.ratemesh.rates.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FrankfurterFeedTest {

    private final FrankfurterFeed feed =
            new FrankfurterFeed(URI.create("https://api.frankfurter.dev/v1/latest"), Duration.ofMinutes(30));

    @Test
    void the_table_of_version_1_is_read() throws Exception {
        assertThat(feed.read(FeedFiles.read("frankfurter-v1-2025-03-18.json")).quotes())
                .containsExactly(
                        new FeedQuote("GBP", new BigDecimal("0.84173"), Instant.parse("2025-03-18T15:00:00Z")));
    }

    @Test
    void the_pairs_of_version_2_are_read() throws Exception {
        assertThat(feed.read(FeedFiles.read("frankfurter-v2-2024-01-15.json")).quotes())
                .containsExactly(
                        new FeedQuote("GBP", new BigDecimal("0.8623"), Instant.parse("2024-01-15T15:00:00Z")),
                        new FeedQuote("USD", new BigDecimal("1.089"), Instant.parse("2024-01-15T15:00:00Z")));
    }

    @Test
    void both_versions_against_the_dollar_are_converted_to_the_euro() throws Exception {
        assertThat(feed.read(FeedFiles.read("frankfurter-v1-usd-2026-03-17.json"))
                        .quotes())
                .extracting(FeedQuote::currency)
                .containsExactly("GBP", "JPY", "USD");
        assertThat(feed.read(FeedFiles.read("frankfurter-v2-usd-2026-09-05.json"))
                        .quotes())
                .contains(new FeedQuote(
                        "USD",
                        new BigDecimal("1.162709578401506871613608352905611"),
                        Instant.parse("2026-09-05T14:00:00Z")))
                .extracting(FeedQuote::currency)
                .containsExactly("AED", "CAD", "MXN", "SAR", "USD");
    }

    @Test
    void pairs_of_several_days_keep_their_day() throws Exception {
        FeedResponse response =
                feed.read(("[{\"date\":\"2026-07-06\",\"base\":\"EUR\",\"quote\":\"USD\",\"rate\":1.1415},"
                                + "{\"date\":\"2026-07-03\",\"base\":\"EUR\",\"quote\":\"ISK\",\"rate\":144}]")
                        .getBytes(UTF_8));

        assertThat(response.quotes())
                .extracting(FeedQuote::observedAt)
                .containsExactly(Instant.parse("2026-07-06T14:00:00Z"), Instant.parse("2026-07-03T14:00:00Z"));
    }

    @Test
    void a_pair_that_occurs_twice_is_rejected() {
        String pair = "{\"date\":\"2026-07-06\",\"base\":\"EUR\",\"quote\":\"USD\",\"rate\":1.1415}";

        assertThatThrownBy(() -> feed.read(("[" + pair + "," + pair + "]").getBytes(UTF_8)))
                .hasMessage("a currency with two rates on one day");
    }

    @Test
    void rates_for_another_amount_are_rejected() {
        String hundred = new String(FeedFiles.read("frankfurter-v1-2025-03-18.json"), UTF_8)
                .replace("\"amount\": 1.0", "\"amount\": 100.0");

        assertThatThrownBy(() -> feed.read(hundred.getBytes(UTF_8))).hasMessage("rates for another amount than 1");
    }

    @Test
    void an_error_is_reported_without_its_text() {
        assertThatThrownBy(() -> feed.read(FeedFiles.read("frankfurter-v2-error.json")))
                .hasMessage("the provider reports an error");
    }

    @Test
    void fridays_rates_are_not_stale_on_sunday() {
        Instant friday = Instant.parse("2026-07-03T14:00:00Z");

        assertThat(feed.staleAt(friday, Duration.ofHours(26))).isAfter(Instant.parse("2026-07-06T12:00:00Z"));
    }
}
