package io.ratemesh.rates.feed;

import io.ratemesh.node.settings.FeedSettings;
import java.net.URI;
import java.time.Duration;

/**
 * openexchangerates.org: some 170 currencies, hourly or faster by plan, with a key. The only base of the free plan is the
 * dollar, so {@link EuroRates} divides by the rate of the euro.
 *
 * @param address with the key as {@code app_id}
 * @param poll the interval; the free plan allows 1,000 requests a month, hourly polls are 744
 */
public record OpenExchangeRatesFeed(KeyedAddress address, Duration poll) implements HttpFeed {

    /** Its name in the settings. */
    public static final String NAME = "openexchangerates";

    private static final URI LATEST = URI.create("https://openexchangerates.org/api/latest.json");
    private static final Duration DEFAULT_POLL = Duration.ofHours(1);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public URI uri() {
        return address.uri();
    }

    @Override
    public FeedResponse read(byte[] body) throws UnreadableResponseException {
        JsonValue json = JsonValue.read(body);
        if (json.find("error").isPresent()) {
            throw new UnreadableResponseException("the provider reports error " + ErrorCode.of(json, "status"));
        }
        return EuroRates.toResponse(json.text("base"), json.fields("rates"), json.unixTime("timestamp"));
    }

    /** Creates the feed. */
    public static final class Provider implements FeedProvider {

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public boolean needsKey() {
            return true;
        }

        @Override
        public Feed create(FeedSettings settings) {
            return new OpenExchangeRatesFeed(
                    new KeyedAddress(
                            settings.url().orElse(LATEST),
                            "app_id",
                            settings.key().orElseThrow()),
                    settings.poll().orElse(DEFAULT_POLL));
        }
    }
}
