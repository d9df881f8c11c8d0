package io.ratemesh.rates.feed;

import io.ratemesh.node.settings.FeedSettings;

/**
 * Makes a feed from its settings. Found through {@link java.util.ServiceLoader}, so that a new feed is one class and one
 * line in {@code META-INF/services}.
 */
public interface FeedProvider {

    /** The name by which settings ask for the feed. */
    String name();

    /**
     * Makes the feed.
     *
     * @throws io.ratemesh.node.settings.SettingsException where the settings do not fit it
     */
    Feed create(FeedSettings settings);
}
