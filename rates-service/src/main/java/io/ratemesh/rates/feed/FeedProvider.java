package io.ratemesh.rates.feed;

import io.ratemesh.node.settings.FeedSettings;

/**
 * Makes a feed from its settings. Found through {@link java.util.ServiceLoader}, so that a new feed is one class and one
 * line in {@code META-INF/services}.
 */
public interface FeedProvider {

    /** The name by which settings ask for the feed. */
    String name();

    /** Whether the provider wants a key: without one the node does not start, and a feed that needs none is given none. */
    default boolean needsKey() {
        return false;
    }

    /**
     * Makes the feed.
     *
     * @param settings with a key if and only if the feed needs one
     * @throws io.ratemesh.node.settings.SettingsException where the settings do not fit it
     */
    Feed create(FeedSettings settings);
}
