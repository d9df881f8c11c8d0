package io.ratemesh.rates.feed;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One answer of a feed, read but not yet believed.
 *
 * @param quotes in the order of the answer; a currency may come twice
 * @param unreadable how many rates were no numbers, and so are no quotes
 * @param nextUpdate when the provider says it will have newer rates; a hint, which need not be in the future
 * @param notice what the provider wants its users to know, in words of ours
 */
public record FeedResponse(
        List<FeedQuote> quotes, int unreadable, Optional<Instant> nextUpdate, Optional<String> notice) {

    public FeedResponse {
        quotes = List.copyOf(quotes);
    }

    /** An answer of rates alone. */
    public FeedResponse(List<FeedQuote> quotes, int unreadable) {
        this(quotes, unreadable, Optional.empty(), Optional.empty());
    }
}
