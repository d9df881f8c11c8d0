package io.ratemesh.rates.poll;

import io.ratemesh.rates.feed.FeedResponse;

/** What a poll brought. */
public sealed interface PollResult {

    /**
     * Quotes.
     *
     * @param answer not yet believed
     * @param validators to ask with the next time, once the answer is believed
     */
    record Answered(FeedResponse answer, Validators validators) implements PollResult {}

    /** Nothing new since the validators that were sent. */
    record Unchanged() implements PollResult {}
}
