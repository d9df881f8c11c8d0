package io.ratemesh.rates.poll;

import io.vertx.core.Future;

/** Polls one feed once. */
public interface FeedPoller {

    /**
     * Sends one request.
     *
     * @param validators of the last accepted response, with which the server can report that nothing has changed
     * @return fails only with a {@link PollException}
     */
    Future<PollResult> poll(Validators validators);

    /** Cancels the request in flight. */
    default void close() {}
}
