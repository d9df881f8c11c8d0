package io.ratemesh.rates.feed;

import io.ratemesh.node.settings.FeedSettings;
import java.net.URI;
import java.time.Duration;

/**
 * exchangerate.host of APILayer: some 170 currencies against the dollar, with a key.
 *
 * @param address asked with the key as {@code access_key}
 * @param poll how often it is asked; the free plan allows 100 requests a month, three a day are 93
 */
public record ExchangerateHostFeed(KeyedAddress address, Duration poll) implements HttpFeed {

    /** Its name in the settings. */
    public static final String NAME = "exchangerate-host";

    private static final URI LIVE = URI.create("https://api.exchangerate.host/live");
    private static final Duration DEFAULT_POLL = Duration.ofHours(8);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public URI uri() {
        return address.uri();
    }

    @Override
    public Answer read(byte[] body) throws UnreadableAnswerException {
        return ApiLayerAnswer.read(body);
    }

    /** Makes it. */
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
            return new ExchangerateHostFeed(
                    new KeyedAddress(
                            settings.url().orElse(LIVE),
                            "access_key",
                            settings.key().orElseThrow()),
                    settings.poll().orElse(DEFAULT_POLL));
        }
    }
}
