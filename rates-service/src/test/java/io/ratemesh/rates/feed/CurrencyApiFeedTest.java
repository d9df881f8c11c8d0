package io.ratemesh.rates.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ratemesh.node.settings.FeedSettings;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CurrencyApiFeedTest {

    private final CurrencyApiFeed feed = (CurrencyApiFeed)
            new CurrencyApiFeed.Provider().create(new FeedSettings("currency-api", Optional.empty(), Optional.empty()));

    @Test
    void of_the_codes_of_the_real_file_only_those_in_use_are_quoted() throws Exception {
        FeedResponse response = feed.read(FeedFiles.read("currency-api-eur-2026-07-06.json"));

        assertThat(response.unreadable()).isZero();
        assertThat(response.quotes()).extracting(FeedQuote::currency).doesNotHaveDuplicates();
        assertThat(response.quotes())
                .extracting(FeedQuote::currency)
                .contains("USD", "JPY", "MNT", "XAU", "ZWG")
                .doesNotContain("EUR", "BTC", "ADA", "AMP", "DEM", "HRK", "ZWL", "BGN", "1INCH")
                .hasSize(160);
    }

    @Test
    void its_rates_are_observed_at_the_start_of_its_date() throws Exception {
        assertThat(feed.read(FeedFiles.read("currency-api-eur-2026-07-06.json")).quotes())
                .contains(new FeedQuote("AED", new BigDecimal("4.19864426"), Instant.parse("2026-07-06T00:00:00Z")));
    }

    @Test
    void its_rates_age_from_the_end_of_their_day() {
        Instant midnight = Instant.parse("2026-07-06T00:00:00Z");

        assertThat(feed.staleAt(midnight, Duration.ofHours(26))).isEqualTo("2026-07-08T02:00:00Z");
    }

    @Test
    void a_code_in_upper_case_is_skipped() throws Exception {
        FeedResponse response =
                feed.read("{\"date\":\"2026-07-06\",\"eur\":{\"usd\":1.1,\"USD\":9,\"Usd\":8}}".getBytes(UTF_8));

        assertThat(response.quotes()).extracting(FeedQuote::perEuro).containsExactly(new BigDecimal("1.1"));
    }

    @Test
    void the_file_of_another_base_is_rejected() {
        assertThatThrownBy(() -> feed.read("{\"date\":\"2026-07-06\",\"usd\":{\"eur\":0.9}}".getBytes(UTF_8)))
                .hasMessage("no object \"eur\"");
        assertThatThrownBy(() -> feed.read("{\"date\":\"2026-07-06\",\"eur\":{\"eur\":0.9,\"usd\":1}}".getBytes(UTF_8)))
                .hasMessageContaining("another base");
    }

    @Test
    void its_other_address_is_used_unless_the_settings_have_one() {
        assertThat(feed.alternatives())
                .containsExactly(URI.create("https://latest.currency-api.pages.dev/v1/currencies/eur.json"));
        URI own = URI.create("http://mirror.example/eur.json");
        HttpFeed mirrored = (HttpFeed) new CurrencyApiFeed.Provider()
                .create(new FeedSettings("currency-api", Optional.of(own), Optional.empty()));
        assertThat(mirrored.uri()).isEqualTo(own);
        assertThat(mirrored.alternatives()).isEmpty();
    }
}
