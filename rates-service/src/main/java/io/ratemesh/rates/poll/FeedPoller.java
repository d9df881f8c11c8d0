package io.ratemesh.rates.poll;

import io.vertx.core.Future;

/** Asks one feed once. */
public interface FeedPoller {

    /**
     * Asks.
     *
     * @param known by what the feed may say that nothing changed
     * @return fails with a {@link PollException} only
     */
    Future<PollResult> poll(Validators known);

    /** Ends what is under way. */
    default void close() {}
}
