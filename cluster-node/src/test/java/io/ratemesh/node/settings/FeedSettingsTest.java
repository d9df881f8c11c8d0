package io.ratemesh.node.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedSettingsTest {

    private static final String FIXER = "rates.feeds=[{name: ecb}, {name: fixer}, {name: exchangerate-host}]";

    @Test
    void a_key_comes_by_a_variable_that_has_the_name_of_the_feed() {
        List<FeedSettings> feeds = load(
                List.of(FIXER),
                Map.of(
                        "RATEMESH_RATES_FEEDS_FIXER_KEY", "s3cret",
                        "RATEMESH_RATES_FEEDS_EXCHANGERATE_HOST_KEY", "[0ther"));

        assertThat(feeds.get(0).key()).isEmpty();
        assertThat(feeds.get(1).key()).contains(new Secret("s3cret"));
        assertThat(feeds.get(2).key()).contains(new Secret("[0ther"));
        assertThat(feeds).asString().doesNotContain("s3cret", "0ther");
    }

    @Test
    void a_key_of_a_feed_that_is_not_listed_is_accepted() {
        assertThat(load(List.of("rates.feeds=[{name: ecb}]"), Map.of("RATEMESH_RATES_FEEDS_FIXER_KEY", "s3cret")))
                .allSatisfy(feed -> assertThat(feed.key()).isEmpty());
    }

    @Test
    void a_variable_of_another_shape_is_unknown_all_the_same() {
        assertThatThrownBy(() -> load(List.of(FIXER), Map.of("RATEMESH_RATES_FEEDS_FIXER_KEI", "s3cret")))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("RATEMESH_RATES_FEEDS_FIXER_KEI: unknown key")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void the_file_of_a_key_is_named_and_not_yet_read() {
        List<FeedSettings> feeds = load(List.of("rates.feeds=[{name: fixer, key-file: /run/secrets/fixer}]"), Map.of());

        assertThat(feeds.get(0).keyFile()).contains(Path.of("/run/secrets/fixer"));
        assertThat(feeds.get(0).key()).isEmpty();
    }

    @Test
    void a_key_in_a_file_or_on_the_command_line_is_rejected_and_not_shown(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("ratemesh.yaml"), "rates: {feeds: [{name: exchangerate-host, key: s3cret}]}");

        assertThatThrownBy(() -> Settings.load(Optional.of(file), List.of(), Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessage("rates.feeds[0].key: a secret must not be given here (value not shown); use the environment"
                        + " variable RATEMESH_RATES_FEEDS_EXCHANGERATE_HOST_KEY, or key-file with the path of a file (from"
                        + " file " + file + ")");
        assertThatThrownBy(() -> load(List.of("rates.feeds=[{name: fixer, key: s3cret}]"), Map.of()))
                .hasMessageStartingWith("rates.feeds[0].key: a secret must not be given here (value not shown)")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> load(List.of(FIXER, "rates.feeds.fixer.key=s3cret"), Map.of()))
                .hasMessageStartingWith("rates.feeds.fixer.key: a secret must not be given here (value not shown)")
                .hasMessageNotContaining("s3cret");
    }

    private static List<FeedSettings> load(List<String> sets, Map<String, String> environment) {
        return Settings.load(Optional.empty(), sets, environment).rates().feeds();
    }
}
