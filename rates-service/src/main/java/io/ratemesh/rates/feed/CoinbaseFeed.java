package io.ratemesh.rates.feed;

import io.ratemesh.node.settings.FeedSettings;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Coinbase's exchange rates: currencies and cryptocurrencies, rates as strings, no key. They change each minute, also at
 * weekends.
 *
 * <p>The response has no time, so its rates count as observed when they are read. They turn stale after an hour, long before
 * {@code stale-after}: then the next feed in the order takes precedence.
 *
 * @param uri the table of one base
 * @param poll the interval
 * @param clock the time at which a response is read
 */
public record CoinbaseFeed(URI uri, Duration poll, Clock clock) implements HttpFeed {

    /** Its name in the settings. */
    public static final String NAME = "coinbase";

    private static final URI EURO = URI.create("https://api.coinbase.com/v2/exchange-rates?currency=EUR");
    private static final Duration DEFAULT_POLL = Duration.ofSeconds(30);
    private static final Duration LIFE = Duration.ofHours(1);
    private static final int POLLS_TO_LIVE = 2;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public FeedResponse read(byte[] body) throws UnreadableResponseException {
        JsonValue data = new JsonValue.Fields(JsonValue.read(body).fields("data"));
        // Whole seconds: more digits would make every book longer.
        return EuroRates.toResponse(
                data.text("currency"), data.fields("rates"), clock.instant().truncatedTo(ChronoUnit.SECONDS));
    }

    @Override
    public Instant staleAt(Instant observedAt, Duration staleAfter) {
        Duration polls = poll.multipliedBy(POLLS_TO_LIVE);
        Duration life = polls.compareTo(LIFE) > 0 ? polls : LIFE;
        return observedAt.plus(life.compareTo(staleAfter) > 0 ? staleAfter : life);
    }

    /** Creates the feed. */
    public static final class Provider implements FeedProvider {

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public Feed create(FeedSettings settings) {
            return new CoinbaseFeed(
                    settings.url().orElse(EURO), settings.poll().orElse(DEFAULT_POLL), Clock.systemUTC());
        }
    }
}
