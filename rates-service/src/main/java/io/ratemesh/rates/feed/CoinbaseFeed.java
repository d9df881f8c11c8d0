package io.ratemesh.rates.feed;

import io.ratemesh.node.settings.FeedSettings;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Coinbase's exchange rates: fiat among cryptocurrencies, rates as strings, no key. It moves by the minute, at weekends
 * too.
 *
 * <p>The answer says no time, so its rates count as observed when they were read. Since they are of a minute, they are
 * stale after an hour, long before {@code stale-after}: a feed that comes next in the order then counts more.
 *
 * @param uri the table of one base
 * @param poll how often it is asked
 * @param clock says when an answer was read
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
        // Whole seconds: nobody needs the nanosecond of a poll, and every reader would carry its digits.
        return EuroRates.answer(
                data.text("currency"), data.fields("rates"), clock.instant().truncatedTo(ChronoUnit.SECONDS));
    }

    @Override
    public Instant staleAt(Instant observedAt, Duration staleAfter) {
        Duration polls = poll.multipliedBy(POLLS_TO_LIVE);
        Duration life = polls.compareTo(LIFE) > 0 ? polls : LIFE;
        return observedAt.plus(life.compareTo(staleAfter) > 0 ? staleAfter : life);
    }

    /** Makes it. */
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
