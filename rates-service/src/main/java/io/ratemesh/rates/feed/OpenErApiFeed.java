package io.ratemesh.rates.feed;

import io.ratemesh.node.settings.FeedSettings;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The open access of exchangerate-api.com: some 160 currencies, once a day shortly after 00:00 UTC, no key. All rates have six
 * decimals, so the base should be a strong currency.
 *
 * @param uri the table of one base
 * @param poll the interval; hourly is never rate-limited, and a rate limit lasts 20 minutes
 */
public record OpenErApiFeed(URI uri, Duration poll) implements HttpFeed {

    /** Its name in the settings. */
    public static final String NAME = "open-er-api";

    private static final URI EURO = URI.create("https://open.er-api.com/v6/latest/EUR");
    private static final Duration DEFAULT_POLL = Duration.ofHours(1);
    private static final Pattern ERROR_TYPE = Pattern.compile("[a-z-]{1,40}");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public FeedResponse read(byte[] body) throws UnreadableResponseException {
        JsonValue json = JsonValue.read(body);
        if (!"success".equals(json.text("result"))) {
            throw new UnreadableResponseException("the provider reports error " + errorType(json));
        }
        FeedResponse response = EuroRates.toResponse(
                json.text("base_code"), json.fields("rates"), json.unixTime("time_last_update_unix"));
        return new FeedResponse(
                response.quotes(),
                response.unreadable(),
                Optional.of(json.unixTime("time_next_update_unix")),
                notice(json));
    }

    private static String errorType(JsonValue json) throws UnreadableResponseException {
        String type = json.text("error-type");
        return ERROR_TYPE.matcher(type).matches() ? type : "of an unknown type";
    }

    /** The day on which the provider ends this service; 0 if none is set. */
    private static Optional<String> notice(JsonValue json) throws UnreadableResponseException {
        if (json.find("time_eol_unix").isEmpty()) {
            return Optional.empty();
        }
        Instant end = json.unixTime("time_eol_unix");
        return end.equals(Instant.EPOCH)
                ? Optional.empty()
                : Optional.of("the provider ends this service on "
                        + end.atOffset(ZoneOffset.UTC).toLocalDate());
    }

    /** Creates the feed. */
    public static final class Provider implements FeedProvider {

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public Feed create(FeedSettings settings) {
            return new OpenErApiFeed(
                    settings.url().orElse(EURO), settings.poll().orElse(DEFAULT_POLL));
        }
    }
}
