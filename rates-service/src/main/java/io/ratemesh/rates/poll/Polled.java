package io.ratemesh.rates.poll;

import io.ratemesh.rates.feed.Answer;

/** What a poll brought. */
public sealed interface Polled {

    /**
     * Quotes.
     *
     * @param answer not yet believed
     * @param validators to ask with the next time, once the answer is believed
     */
    record Answered(Answer answer, Validators validators) implements Polled {}

    /** Nothing new since the validators that were sent. */
    record Unchanged() implements Polled {}
}
