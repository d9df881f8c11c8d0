package io.ratemesh.node.settings;

import java.nio.file.Path;
import java.util.List;

/**
 * {@code rates}: what a rates node polls and stores.
 *
 * @param port of its health endpoints and metrics; 0 is any free port
 * @param dataDir where it stores the last good book, the imported days and the minutes of two days
 * @param feeds in order of preference
 * @param limits which quotes of the feeds are accepted
 */
public record RatesSettings(int port, Path dataDir, List<FeedSettings> feeds, RateLimits limits) {

    static RatesSettings read(SettingsReader reader, Home home) {
        return new RatesSettings(
                reader.port("port", 0),
                reader.path("data-dir", home.folder().resolve("data")),
                FeedSettings.read(reader),
                RateLimits.read(reader.in("limits")));
    }
}
