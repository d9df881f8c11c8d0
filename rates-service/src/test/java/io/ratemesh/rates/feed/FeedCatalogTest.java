package io.ratemesh.rates.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ratemesh.node.settings.FeedSettings;
import io.ratemesh.node.settings.Secret;
import io.ratemesh.node.settings.SettingsException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeedCatalogTest {

    private final FeedCatalog catalog = new FeedCatalog();

    @Test
    void the_feeds_come_in_the_order_of_the_settings() {
        assertThat(catalog.create(List.of(named("simulated"), named("ecb"))))
                .extracting(Feed::name)
                .containsExactly("simulated", "ecb");
    }

    @ParameterizedTest
    @CsvSource({
        "coinbase,          PT30S, https://api.coinbase.com/v2/exchange-rates?currency=EUR",
        "currency-api,      PT1H,"
                + " https://cdn.jsdelivr.net/npm/@fawazahmed0/currency-api@latest/v1/currencies/eur.json",
        "currencylayer,     PT8H,  https://api.currencylayer.com/live?access_key=k",
        "ecb,               PT10M, https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml",
        "exchangerate-host, PT8H,  https://api.exchangerate.host/live?access_key=k",
        "fixer,             PT8H,  https://data.fixer.io/api/latest?access_key=k",
        "frankfurter,       PT30M, https://api.frankfurter.dev/v1/latest",
        "open-er-api,       PT1H,  https://open.er-api.com/v6/latest/EUR",
        "openexchangerates, PT1H,  https://openexchangerates.org/api/latest.json?app_id=k",
    })
    void each_feed_has_its_name_address_and_interval(String name, Duration poll, URI uri) {
        HttpFeed feed = (HttpFeed) catalog.create(List.of(withKey(name, "k"))).get(0);

        assertThat(feed.name()).isEqualTo(name);
        assertThat(feed.poll()).isEqualTo(poll);
        assertThat(feed.uri()).isEqualTo(uri);
    }

    @Test
    void url_and_interval_of_the_settings_are_used() {
        URI mirror = URI.create("http://mirror.example/daily.xml");

        Feed feed = catalog.create(
                        List.of(new FeedSettings("ecb", Optional.of(mirror), Optional.of(Duration.ofSeconds(3)))))
                .get(0);

        assertThat(feed).isEqualTo(new EcbFeed(mirror, Duration.ofSeconds(3)));
    }

    @Test
    void an_unknown_feed_is_named_with_the_known_ones() {
        assertThatThrownBy(() -> catalog.create(List.of(named("ecb"), named("ebc"))))
                .isInstanceOf(SettingsException.class)
                .hasMessage(
                        "rates.feeds: \"ebc\" is not a known feed; use coinbase, currency-api, currencylayer, ecb, example,"
                                + " exchangerate-host, fixer, frankfurter, open-er-api, openexchangerates, simulated");
    }

    @Test
    void a_feed_listed_twice_is_rejected() {
        assertThatThrownBy(() -> catalog.create(List.of(named("ecb"), named("ecb"))))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("\"ecb\" is listed twice; list each feed once");
    }

    @Test
    void a_simulation_with_a_url_is_rejected() {
        FeedSettings settings =
                new FeedSettings("simulated", Optional.of(URI.create("http://a.example/")), Optional.empty());

        assertThatThrownBy(() -> catalog.create(List.of(settings))).isInstanceOf(SettingsException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "fixer, RATEMESH_RATES_FEEDS_FIXER_KEY",
        "currencylayer, RATEMESH_RATES_FEEDS_CURRENCYLAYER_KEY",
        "exchangerate-host, RATEMESH_RATES_FEEDS_EXCHANGERATE_HOST_KEY",
        "openexchangerates, RATEMESH_RATES_FEEDS_OPENEXCHANGERATES_KEY",
    })
    void a_feed_without_its_key_is_one_line(String name, String variable) {
        assertThatThrownBy(() -> catalog.create(List.of(named("ecb"), named(name))))
                .isInstanceOf(SettingsException.class)
                .hasMessage("rates.feeds: \"" + name + "\" needs a key; set " + variable
                        + ", or key-file to a file with the key");
    }

    @Test
    void all_faults_are_reported_together() {
        assertThatThrownBy(() -> catalog.create(List.of(named("fixer"), named("unknown"), named("currencylayer"))))
                .isInstanceOfSatisfying(
                        SettingsException.class, e -> assertThat(e.faults()).hasSize(3));
    }

    @Test
    void a_key_is_the_first_line_of_its_file(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "  s3cret \n# of the spare account\n");

        HttpFeed feed =
                (HttpFeed) catalog.create(List.of(withKeyFile("fixer", file))).get(0);

        assertThat(feed.uri()).hasToString("https://data.fixer.io/api/latest?access_key=s3cret");
    }

    @Test
    void the_environment_takes_precedence_over_the_file(@TempDir Path folder) {
        FeedSettings settings = withKeyFile("fixer", folder.resolve("none")).withKey(Optional.of(new Secret("mine")));

        HttpFeed feed = (HttpFeed) catalog.create(List.of(settings)).get(0);

        assertThat(feed.uri()).hasToString("https://data.fixer.io/api/latest?access_key=mine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", " \ns3cret"})
    void a_file_that_starts_without_a_key_is_named_and_not_quoted(String content, @TempDir Path folder)
            throws IOException {
        Path file = Files.writeString(folder.resolve("key"), content);

        assertThatThrownBy(() -> catalog.create(List.of(withKeyFile("fixer", file))))
                .isInstanceOf(SettingsException.class)
                .hasMessage("rates.feeds: the key-file " + file
                        + " of \"fixer\" has no key; use a readable file of at most 4 KiB"
                        + " with the key on its first line");
    }

    @Test
    void a_missing_or_huge_file_is_not_a_key(@TempDir Path folder) throws IOException {
        Path huge = Files.writeString(folder.resolve("huge"), "k".repeat(5_000));

        for (Path file : List.of(huge, folder, folder.resolve("missing"))) {
            assertThatThrownBy(() -> catalog.create(List.of(withKeyFile("fixer", file))))
                    .hasMessageContaining("the key-file " + file + " of \"fixer\"");
        }
    }

    @Test
    void a_feed_that_needs_no_key_must_not_have_one(@TempDir Path folder) {
        assertThatThrownBy(() -> catalog.create(List.of(withKeyFile("ecb", folder.resolve("key")))))
                .hasMessageContaining("\"ecb\" has a key-file");
    }

    private static FeedSettings named(String name) {
        return new FeedSettings(name, Optional.empty(), Optional.empty());
    }

    private static FeedSettings withKey(String name, String key) {
        return named(name).withKey(Optional.of(new Secret(key)));
    }

    private static FeedSettings withKeyFile(String name, Path file) {
        return new FeedSettings(name, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(file));
    }
}
