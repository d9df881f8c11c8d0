package io.ratemesh.rates.feed;

import io.ratemesh.node.settings.FeedSettings;
import io.ratemesh.node.settings.Secret;
import io.ratemesh.node.settings.SettingsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;

/** The feeds on the class path. */
public final class FeedCatalog {

    private final Map<String, FeedProvider> byName = new TreeMap<>();

    /** Finds every provider on the class path. */
    public FeedCatalog() {
        ServiceLoader.load(FeedProvider.class, FeedProvider.class.getClassLoader())
                .forEach(provider -> byName.put(provider.name(), provider));
    }

    /** The names that the settings can use, sorted. */
    public Set<String> names() {
        return Collections.unmodifiableSet(byName.keySet());
    }

    /**
     * Creates the feeds of the settings. Blocks to read key files.
     *
     * @return in the order of preference
     * @throws SettingsException with one line for each feed that is unknown, listed twice or without its key
     */
    public List<Feed> create(List<FeedSettings> settings) {
        List<String> faults = new ArrayList<>();
        List<Feed> feeds = new ArrayList<>();
        Set<String> named = new HashSet<>();
        for (FeedSettings each : settings) {
            FeedProvider provider = byName.get(each.name());
            if (provider == null) {
                faults.add("rates.feeds: \"" + each.name() + "\" is not a known feed; use "
                        + String.join(", ", byName.keySet()));
            } else if (!named.add(each.name())) {
                faults.add("rates.feeds: \"" + each.name() + "\" is listed twice; list each feed once");
            } else {
                try {
                    feeds.add(provider.create(each.withKey(key(provider, each))));
                } catch (SettingsException e) {
                    faults.addAll(e.faults());
                }
            }
        }
        if (!faults.isEmpty()) {
            throw new SettingsException(faults);
        }
        return feeds;
    }

    private static Optional<Secret> key(FeedProvider provider, FeedSettings settings) {
        if (!provider.needsKey()) {
            if (settings.keyFile().isPresent()) {
                throw new SettingsException(
                        "rates.feeds: \"" + settings.name() + "\" has a key-file and needs no key; remove key-file");
            }
            return Optional.empty();
        }
        Optional<Secret> key = settings.key().or(() -> settings.keyFile().map(file -> fromFile(settings.name(), file)));
        if (key.isEmpty()) {
            throw new SettingsException("rates.feeds: \"" + settings.name() + "\" needs a key; set "
                    + FeedSettings.keyVariable(settings.name()) + ", or key-file to a file with the key");
        }
        return key;
    }

    private static Secret fromFile(String feed, Path file) {
        return KeyFile.read(file)
                .orElseThrow(() -> new SettingsException("rates.feeds: the key-file " + file + " of \"" + feed
                        + "\" has no key; use a readable file of at most 4 KiB with the key on its first line"));
    }
}
