package io.ratemesh.example;

import io.ratemesh.node.settings.FeedSettings;
import io.ratemesh.rates.feed.EuroRates;
import io.ratemesh.rates.feed.Feed;
import io.ratemesh.rates.feed.FeedProvider;
import io.ratemesh.rates.feed.FeedResponse;
import io.ratemesh.rates.feed.HttpFeed;
import io.ratemesh.rates.feed.JsonValue;
import io.ratemesh.rates.feed.UnreadableResponseException;
import java.net.URI;
import java.time.Duration;

/** The feed of docs/feeds.md, to the letter. */
public record ExampleFeed(String name, URI uri, Duration poll) implements HttpFeed {

    @Override
    public FeedResponse read(byte[] body) throws UnreadableResponseException {
        JsonValue json = JsonValue.read(body);
        return EuroRates.toResponse(json.text("base"), json.fields("rates"), json.unixTime("at"));
    }

    public static final class Provider implements FeedProvider {

        @Override
        public String name() {
            return "example";
        }

        @Override
        public Feed create(FeedSettings settings) {
            return new ExampleFeed(
                    name(), settings.url().orElseThrow(), settings.poll().orElse(Duration.ofMinutes(5)));
        }
    }
}
