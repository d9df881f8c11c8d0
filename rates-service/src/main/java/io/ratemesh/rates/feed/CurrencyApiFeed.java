package io.ratemesh.rates.feed;

import io.ratemesh.model.Currencies;
import io.ratemesh.node.settings.FeedSettings;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * fawazahmed0/exchange-api: one file per day on a content delivery network, in the public domain, with some 160 currencies
 * among 340 lower-case codes. It comes without any guarantee, so it is the last of the default feeds.
 *
 * <p>The file has a date and no time, and is created in the first hours of that date. Its rates count as observed at the start
 * of the date, so that no rate looks newer than it is, and age from the end of the date.
 *
 * @param uri the file of the euro
 * @param alternatives other addresses of the same file
 * @param poll the interval
 */
public record CurrencyApiFeed(URI uri, List<URI> alternatives, Duration poll) implements HttpFeed {

    /** Its name in the settings. */
    public static final String NAME = "currency-api";

    private static final URI CDN =
            URI.create("https://cdn.jsdelivr.net/npm/@fawazahmed0/currency-api@latest/v1/currencies/eur.json");
    private static final URI FALLBACK = URI.create("https://latest.currency-api.pages.dev/v1/currencies/eur.json");
    private static final Duration DEFAULT_POLL = Duration.ofHours(1);
    private static final String EURO = "eur";

    public CurrencyApiFeed {
        alternatives = List.copyOf(alternatives);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public FeedResponse read(byte[] body) throws UnreadableResponseException {
        JsonValue json = JsonValue.read(body);
        Map<String, JsonValue> rates = new LinkedHashMap<>();
        json.fields(EURO).forEach((code, rate) -> {
            // This provider's codes are lower case; an upper-case one could duplicate one of them.
            if (code.equals(code.toLowerCase(Locale.ROOT))) {
                rates.put(code.toUpperCase(Locale.ROOT), rate);
            }
        });
        return EuroRates.toResponse(
                Currencies.EURO,
                rates,
                json.date("date").atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    @Override
    public Instant staleAt(Instant observedAt, Duration staleAfter) {
        return observedAt.plus(Duration.ofDays(1)).plus(staleAfter);
    }

    /** Creates the feed. */
    public static final class Provider implements FeedProvider {

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public Feed create(FeedSettings settings) {
            Duration poll = settings.poll().orElse(DEFAULT_POLL);
            return settings.url()
                    .map(own -> new CurrencyApiFeed(own, List.of(), poll))
                    .orElseGet(() -> new CurrencyApiFeed(CDN, List.of(FALLBACK), poll));
        }
    }
}
