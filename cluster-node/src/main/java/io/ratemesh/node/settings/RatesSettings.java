package io.ratemesh.node.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * {@code rates}: what a rates node polls and keeps.
 *
 * @param port where its health and metrics are served; 0 is any free one
 * @param dataDir where it keeps the last good book
 * @param feeds in order of preference
 * @param staleAfter how old a rate may get, working days counted for the ECB's
 */
public record RatesSettings(int port, Path dataDir, List<FeedSettings> feeds, Duration staleAfter) {

    static RatesSettings read(SettingsReader reader, Home home) {
        return new RatesSettings(
                reader.number("rates.port", 0, 65535, 0),
                Path.of(reader.text(
                        "rates.data-dir", home.folder().resolve("data").toString())),
                FeedSettings.read(reader),
                reader.duration(
                        "rates.limits.stale-after",
                        Duration.ofSeconds(1),
                        Duration.ofHours(1000),
                        Duration.ofHours(26)));
    }
}
