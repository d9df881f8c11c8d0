package io.ratemesh.node.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One item of {@code rates.feeds}, and the key of its feed.
 *
 * <p>A key is read from {@code RATEMESH_RATES_FEEDS_<NAME>_KEY}, dashes of the name as underscores, else from the file
 * that the item's {@code key-file} names; a {@code key:} in a file of settings is refused. The variables may be set for
 * feeds that the settings do not name: one environment serves several clusters, and all nodes of one.
 *
 * @param name which feed
 * @param url where it is, instead of its own address
 * @param poll how often it is asked, instead of its own rhythm
 * @param key what the provider knows us by
 * @param keyFile where the key is, if {@code key} is empty; only a node that asks the feed reads it
 */
public record FeedSettings(
        String name, Optional<URI> url, Optional<Duration> poll, Optional<Secret> key, Optional<Path> keyFile) {

    private static final String FEEDS = "rates.feeds";
    private static final Pattern KEY_VARIABLE = Pattern.compile("RATEMESH_RATES_FEEDS_[A-Z0-9_]+_KEY");
    private static final Duration UNSET = Duration.ZERO;

    /** The feeds of a start that names none: one that moves by the minute, the official one, two for all the rest. */
    static final List<FeedSettings> DEFAULT = Stream.of("coinbase", "ecb", "open-er-api", "currency-api")
            .map(name -> new FeedSettings(name, Optional.empty(), Optional.empty()))
            .toList();

    /** A feed that needs no key. */
    public FeedSettings(String name, Optional<URI> url, Optional<Duration> poll) {
        this(name, url, poll, Optional.empty(), Optional.empty());
    }

    /** The variable that gives a feed its key. */
    public static String keyVariable(String name) {
        return SettingsSources.variable(keyName(name));
    }

    /** The same with a key. */
    public FeedSettings withKey(Optional<Secret> known) {
        return new FeedSettings(name, url, poll, known, keyFile);
    }

    static List<FeedSettings> read(SettingsReader reader) {
        reader.mayGoUnused(KEY_VARIABLE);
        return reader.items(FEEDS, "[{name: ecb}]", FeedSettings::item, DEFAULT).stream()
                .map(feed -> feed.withKey(reader.secret(keyName(feed.name()))))
                .toList();
    }

    private static FeedSettings item(SettingsReader reader) {
        Optional<String> name = reader.optionalText("name");
        if (name.isEmpty()) {
            reader.fault("name", "the name of a feed, as ecb");
        }
        reader.refuseSecret("key", keyVariable(name.orElse("<name>")) + ", or key-file with the path of a file");
        Duration poll = reader.duration("poll", Duration.ofSeconds(1), Duration.ofHours(24), UNSET);
        return new FeedSettings(
                name.orElse(""),
                reader.optionalText("url").flatMap(url -> httpUrl(url, reader)),
                Optional.of(poll).filter(p -> !p.equals(UNSET)),
                Optional.empty(),
                reader.path("key-file"));
    }

    private static String keyName(String feed) {
        return FEEDS + "." + feed + ".key";
    }

    private static Optional<URI> httpUrl(String url, SettingsReader reader) {
        try {
            URI uri = URI.create(url);
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null) {
                return Optional.of(uri);
            }
        } catch (IllegalArgumentException e) {
            // Said below, like a URL of another kind.
        }
        reader.fault("url", "an http:// or https:// address");
        return Optional.empty();
    }
}
