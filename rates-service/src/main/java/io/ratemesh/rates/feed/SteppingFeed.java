package io.ratemesh.rates.feed;

import io.ratemesh.model.RateBook;
import java.time.Instant;

/** A feed without a provider: each poll computes its quotes from the newest book. */
public non-sealed interface SteppingFeed extends Feed {

    /**
     * Computes the quotes of one step.
     *
     * @param book the newest book
     * @param now the time of the step
     */
    FeedResponse step(RateBook book, Instant now);
}
