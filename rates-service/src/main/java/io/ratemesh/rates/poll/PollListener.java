package io.ratemesh.rates.poll;

import io.ratemesh.rates.feed.FeedResponse;

/** Receives the results of the polls of one feed. */
public interface PollListener {

    /**
     * Receives a response.
     *
     * @return what is accepted of it
     * @throws PollException if the whole response is rejected
     */
    AcceptedQuotes accept(FeedResponse response) throws PollException;

    /** A poll starts; the schedule has changed. */
    default void started() {}

    /** A poll has ended; the schedule has changed. */
    void ended(PollOutcome outcome);

    /** A poll has failed, after one that succeeded. */
    void failed(String error);

    /** A poll has succeeded, after one that failed. */
    void recovered();

    /** The provider publishes a notice for its users, or has changed it. */
    default void noticed(String notice) {}
}
