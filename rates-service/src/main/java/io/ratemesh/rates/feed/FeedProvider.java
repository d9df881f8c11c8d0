package io.ratemesh.rates.feed;

import io.ratemesh.node.settings.FeedSettings;

/**
 * Creates a feed from its settings. Found through {@link java.util.ServiceLoader}: a new feed is one class and one line in
 * {@code META-INF/services}.
 */
public interface FeedProvider {

    /** The name of the feed in the settings. */
    String name();

    /** Whether the feed needs a key; without it the node does not start. */
    default boolean needsKey() {
        return false;
    }

    /**
     * Creates the feed.
     *
     * @param settings with a key if and only if the feed needs one
     * @throws io.ratemesh.node.settings.SettingsException if the settings do not fit the feed
     */
    Feed create(FeedSettings settings);
}
