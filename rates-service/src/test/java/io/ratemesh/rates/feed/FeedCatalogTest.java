package io.ratemesh.rates.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ratemesh.node.settings.FeedSettings;
import io.ratemesh.node.settings.SettingsException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FeedCatalogTest {

    private final FeedCatalog catalog = new FeedCatalog();

    @Test
    void theFeedsComeInTheOrderOfTheSettings() {
        assertThat(catalog.create(List.of(named("simulated"), named("ecb"))))
                .extracting(Feed::name)
                .containsExactly("simulated", "ecb");
    }

    @Test
    void theEcbIsAskedEveryTenMinutesOverHttps() {
        EcbFeed ecb = (EcbFeed) catalog.create(List.of(named("ecb"))).get(0);

        assertThat(ecb.poll()).isEqualTo(Duration.ofMinutes(10));
        assertThat(ecb.uri()).isEqualTo(URI.create("https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml"));
    }

    @Test
    void urlAndRhythmOfTheSettingsCount() {
        URI mirror = URI.create("http://mirror.example/daily.xml");

        Feed feed = catalog.create(
                        List.of(new FeedSettings("ecb", Optional.of(mirror), Optional.of(Duration.ofSeconds(3)))))
                .get(0);

        assertThat(feed).isEqualTo(new EcbFeed(mirror, Duration.ofSeconds(3)));
    }

    @Test
    void anUnknownFeedIsNamedWithTheKnownOnes() {
        assertThatThrownBy(() -> catalog.create(List.of(named("ecb"), named("ebc"))))
                .isInstanceOf(SettingsException.class)
                .hasMessage("rates.feeds: ebc (expected: one of ecb, simulated)");
    }

    @Test
    void aFeedNamedTwiceIsRefused() {
        assertThatThrownBy(() -> catalog.create(List.of(named("ecb"), named("ecb"))))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("each feed once");
    }

    @Test
    void aSimulationWithAUrlIsRefused() {
        FeedSettings settings =
                new FeedSettings("simulated", Optional.of(URI.create("http://a.example/")), Optional.empty());

        assertThatThrownBy(() -> catalog.create(List.of(settings))).isInstanceOf(SettingsException.class);
    }

    private static FeedSettings named(String name) {
        return new FeedSettings(name, Optional.empty(), Optional.empty());
    }
}
