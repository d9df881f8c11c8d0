package io.ratemesh.node.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One item of {@code rates.feeds}, with the key of its provider.
 *
 * <p>The key comes from {@code RATEMESH_RATES_FEEDS_<NAME>_KEY}, with {@code _} for each {@code -} of the name, or from the file
 * that {@code key-file} names; {@code key:} in a settings file is rejected. Variables of feeds that the settings do not list are
 * accepted, so that several clusters can share one environment.
 *
 * @param name of the feed
 * @param url replaces the feed's own address
 * @param poll replaces the feed's own interval between two requests
 * @param key authenticates us to the provider
 * @param keyFile holds the key where {@code key} is empty; only a node that polls the feed reads it
 */
public record FeedSettings(
        String name, Optional<URI> url, Optional<Duration> poll, Optional<Secret> key, Optional<Path> keyFile) {

    private static final Pattern KEY_VARIABLE = Pattern.compile("RATEMESH_RATES_FEEDS_[A-Z0-9_]+_KEY");
    private static final Duration UNSET = Duration.ZERO;

    /** The default feeds: one with a rate per minute, the ECB, and two for the other currencies. */
    static final List<FeedSettings> DEFAULT = Stream.of("coinbase", "ecb", "open-er-api", "currency-api")
            .map(name -> new FeedSettings(name, Optional.empty(), Optional.empty()))
            .toList();

    /** A feed without a key. */
    public FeedSettings(String name, Optional<URI> url, Optional<Duration> poll) {
        this(name, url, poll, Optional.empty(), Optional.empty());
    }

    /** The environment variable with the key of a feed. */
    public static String keyVariable(String name) {
        return SettingsSources.variable("rates." + keyOf(name));
    }

    /** This feed with another key. */
    public FeedSettings withKey(Optional<Secret> newKey) {
        return new FeedSettings(name, url, poll, newKey, keyFile);
    }

    static List<FeedSettings> read(SettingsReader reader) {
        reader.acceptVariables(KEY_VARIABLE);
        reader.use(
                "feeds",
                DEFAULT.stream().map(feed -> Map.of("name", feed.name())).toList());
        return reader.items("feeds", "[{name: ecb}]", FeedSettings::item, DEFAULT).stream()
                .map(feed -> feed.withKey(reader.secret(keyOf(feed.name()))))
                .toList();
    }

    private static FeedSettings item(SettingsReader reader) {
        Optional<String> name = reader.optionalText("name");
        if (name.isEmpty()) {
            reader.fault("name", "is not a valid name", "use the name of a feed, such as ecb");
        }
        reader.rejectSecret("key", keyVariable(name.orElse("<name>")), "key-file");
        Duration poll = reader.duration("poll", Duration.ofSeconds(1), Duration.ofHours(24), UNSET);
        if (poll.equals(UNSET)) {
            reader.withoutEffect("poll");
        }
        return new FeedSettings(
                name.orElse(""),
                reader.optionalText("url").flatMap(url -> httpUrl(url, reader)),
                Optional.of(poll).filter(p -> !p.equals(UNSET)),
                Optional.empty(),
                reader.path("key-file"));
    }

    private static String keyOf(String feed) {
        return "feeds." + feed + ".key";
    }

    private static Optional<URI> httpUrl(String url, SettingsReader reader) {
        try {
            URI uri = URI.create(url);
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null) {
                return Optional.of(uri);
            }
        } catch (IllegalArgumentException e) {
            // Reported below, like a URL of another scheme.
        }
        reader.fault("url", "is not a valid URL", "use an http:// or https:// URL");
        return Optional.empty();
    }
}
