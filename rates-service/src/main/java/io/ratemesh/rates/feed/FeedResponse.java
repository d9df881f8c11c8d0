package io.ratemesh.rates.feed;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One response of a feed, parsed and not yet checked.
 *
 * @param quotes in the order of the response; a currency may occur twice
 * @param unreadable the number of rates that are not numbers; they are not among the quotes
 * @param nextUpdate the provider's time of its next update; may be in the past
 * @param notice the provider's notice for its users, without text from the provider
 */
public record FeedResponse(
        List<FeedQuote> quotes, int unreadable, Optional<Instant> nextUpdate, Optional<String> notice) {

    public FeedResponse {
        quotes = List.copyOf(quotes);
    }

    /** A response with rates only. */
    public FeedResponse(List<FeedQuote> quotes, int unreadable) {
        this(quotes, unreadable, Optional.empty(), Optional.empty());
    }
}
