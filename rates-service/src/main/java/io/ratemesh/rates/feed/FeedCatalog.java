package io.ratemesh.rates.feed;

import io.ratemesh.node.settings.FeedSettings;
import io.ratemesh.node.settings.SettingsException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;

/** The feeds that this build knows. */
public final class FeedCatalog {

    private final Map<String, FeedProvider> byName = new TreeMap<>();

    /** Finds every provider on the class path. */
    public FeedCatalog() {
        ServiceLoader.load(FeedProvider.class, FeedProvider.class.getClassLoader())
                .forEach(provider -> byName.put(provider.name(), provider));
    }

    /**
     * Makes the feeds that the settings name.
     *
     * @return in the order of preference
     * @throws SettingsException with one line for each that is unknown or named twice
     */
    public List<Feed> create(List<FeedSettings> settings) {
        List<String> faults = new ArrayList<>();
        List<Feed> feeds = new ArrayList<>();
        Set<String> named = new HashSet<>();
        for (FeedSettings each : settings) {
            FeedProvider provider = byName.get(each.name());
            if (provider == null) {
                faults.add("rates.feeds: " + each.name() + " (expected: one of " + String.join(", ", byName.keySet())
                        + ")");
            } else if (!named.add(each.name())) {
                faults.add("rates.feeds: " + each.name() + " (expected: each feed once)");
            } else {
                feeds.add(provider.create(each));
            }
        }
        if (!faults.isEmpty()) {
            throw new SettingsException(faults);
        }
        return feeds;
    }
}
