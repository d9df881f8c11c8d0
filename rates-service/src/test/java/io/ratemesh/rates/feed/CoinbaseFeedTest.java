package io.ratemesh.rates.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class CoinbaseFeedTest {

    private static final Instant READ_AT = Instant.parse("2026-07-06T14:00:05.123456Z");

    @Test
    void rates_keep_their_digits_and_cryptocurrencies_are_skipped() throws Exception {
        FeedResponse response = feed(Duration.ofSeconds(30)).read(FeedFiles.read("coinbase-eur.json"));

        assertThat(response.quotes())
                .contains(new FeedQuote(
                        "USD", new BigDecimal("1.14150000000000000001"), Instant.parse("2026-07-06T14:00:05Z")))
                .extracting(FeedQuote::currency)
                .containsExactly("AED", "GBP", "JPY", "MNT", "USD", "XAU");
        assertThat(response.unreadable()).isZero();
    }

    @Test
    void a_response_with_errors_is_rejected() {
        assertThatThrownBy(() -> feed(Duration.ofSeconds(30))
                        .read("{\"errors\":[{\"id\":\"invalid_request\",\"message\":\"Currency is invalid\"}]}"
                                .getBytes(UTF_8)))
                .isInstanceOf(UnreadableResponseException.class);
    }

    @Test
    void its_rates_turn_stale_after_an_hour() {
        assertThat(feed(Duration.ofSeconds(30)).staleAt(READ_AT, Duration.ofHours(26)))
                .isEqualTo(READ_AT.plus(Duration.ofHours(1)));
    }

    @Test
    void with_a_long_interval_its_rates_turn_stale_after_two_polls() {
        assertThat(feed(Duration.ofHours(3)).staleAt(READ_AT, Duration.ofHours(26)))
                .isEqualTo(READ_AT.plus(Duration.ofHours(6)));
    }

    @Test
    void its_rates_turn_stale_no_later_than_the_settings_allow() {
        assertThat(feed(Duration.ofHours(20)).staleAt(READ_AT, Duration.ofHours(26)))
                .isEqualTo(READ_AT.plus(Duration.ofHours(26)));
        assertThat(feed(Duration.ofSeconds(30)).staleAt(READ_AT, Duration.ofMinutes(5)))
                .isEqualTo(READ_AT.plus(Duration.ofMinutes(5)));
    }

    private static CoinbaseFeed feed(Duration poll) {
        return new CoinbaseFeed(
                URI.create("https://api.coinbase.com/v2/exchange-rates?currency=EUR"),
                poll,
                Clock.fixed(READ_AT, ZoneOffset.UTC));
    }
}
