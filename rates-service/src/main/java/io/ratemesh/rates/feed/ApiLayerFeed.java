package io.ratemesh.rates.feed;

import io.ratemesh.node.settings.FeedSettings;
import java.net.URI;
import java.time.Duration;

/**
 * A product of APILayer: some 170 currencies, with a key. The products differ only in name, address and base; the response has
 * the base.
 *
 * @param name its name in the settings
 * @param address with the key as {@code access_key}
 * @param poll the interval; the free plans allow 100 requests a month, three a day are 93
 */
public record ApiLayerFeed(String name, KeyedAddress address, Duration poll) implements HttpFeed {

    private static final Duration DEFAULT_POLL = Duration.ofHours(8);

    /** The three products share one source. */
    @Override
    public String origin() {
        return "apilayer";
    }

    @Override
    public URI uri() {
        return address.uri();
    }

    @Override
    public FeedResponse read(byte[] body) throws UnreadableResponseException {
        return ApiLayerResponse.read(body);
    }

    /** Creates the feed of currencylayer.com. */
    public static final class Currencylayer extends Provider {

        public Currencylayer() {
            super("currencylayer", "https://api.currencylayer.com/live");
        }
    }

    /** Creates the feed of exchangerate.host. */
    public static final class ExchangerateHost extends Provider {

        public ExchangerateHost() {
            super("exchangerate-host", "https://api.exchangerate.host/live");
        }
    }

    /** Creates the feed of fixer.io. */
    public static final class Fixer extends Provider {

        public Fixer() {
            super("fixer", "https://data.fixer.io/api/latest");
        }
    }

    private abstract static class Provider implements FeedProvider {

        private final String name;
        private final URI address;

        Provider(String name, String address) {
            this.name = name;
            this.address = URI.create(address);
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean needsKey() {
            return true;
        }

        @Override
        public Feed create(FeedSettings settings) {
            return new ApiLayerFeed(
                    name,
                    new KeyedAddress(
                            settings.url().orElse(address),
                            "access_key",
                            settings.key().orElseThrow()),
                    settings.poll().orElse(DEFAULT_POLL));
        }
    }
}
