package io.ratemesh.rates.poll;

import io.ratemesh.rates.feed.FeedResponse;

/** The result of a successful poll. */
public sealed interface PollResult {

    /**
     * A response with quotes.
     *
     * @param response parsed, not yet checked
     * @param validators for the next request, if the response is accepted
     */
    record Received(FeedResponse response, Validators validators) implements PollResult {}

    /** Nothing has changed since the response of the validators sent. */
    record Unchanged() implements PollResult {}
}
