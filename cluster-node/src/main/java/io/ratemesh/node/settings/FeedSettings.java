package io.ratemesh.node.settings;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One item of {@code rates.feeds}.
 *
 * @param name which feed
 * @param url where it is, instead of its own address
 * @param poll how often it is asked, instead of its own rhythm
 */
public record FeedSettings(String name, Optional<URI> url, Optional<Duration> poll) {

    private static final Duration UNSET = Duration.ZERO;

    /** The feeds of a start that names none. */
    static final List<FeedSettings> DEFAULT = List.of(new FeedSettings("ecb", Optional.empty(), Optional.empty()));

    static FeedSettings read(SettingsReader reader) {
        Optional<String> name = reader.optionalText("name");
        if (name.isEmpty()) {
            reader.fault("name", "the name of a feed, as ecb");
        }
        Duration poll = reader.duration("poll", Duration.ofSeconds(1), Duration.ofHours(24), UNSET);
        return new FeedSettings(
                name.orElse(""),
                reader.optionalText("url").flatMap(url -> httpUrl(url, reader)),
                Optional.of(poll).filter(p -> !p.equals(UNSET)));
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
