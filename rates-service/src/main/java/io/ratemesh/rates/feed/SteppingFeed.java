package io.ratemesh.rates.feed;

import io.ratemesh.model.RateBook;
import java.time.Instant;

/** A feed that asks nobody: each poll is one step on from the book as it is. */
public non-sealed interface SteppingFeed extends Feed {

    /**
     * Takes one step.
     *
     * @param book the newest book
     * @param now when the step is taken
     */
    FeedResponse step(RateBook book, Instant now);
}
