package io.ratemesh.node.settings;

import java.nio.file.Path;
import java.util.List;

/**
 * {@code rates}: what a rates node polls and keeps.
 *
 * @param port where its health and metrics are served; 0 is any free one
 * @param dataDir where it keeps the last good book, the days it learnt and the minutes of two days
 * @param feeds in order of preference
 * @param limits how much the feeds are believed
 */
public record RatesSettings(int port, Path dataDir, List<FeedSettings> feeds, RateLimits limits) {

    static RatesSettings read(SettingsReader reader, Home home) {
        return new RatesSettings(
                reader.number("rates.port", 0, 65535, 0),
                reader.path("rates.data-dir").orElse(home.folder().resolve("data")),
                FeedSettings.read(reader),
                RateLimits.read(reader));
    }
}
