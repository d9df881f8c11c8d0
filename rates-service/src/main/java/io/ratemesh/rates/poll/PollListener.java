package io.ratemesh.rates.poll;

import io.ratemesh.rates.feed.FeedResponse;

/** Who wants to know what a feed said. */
public interface PollListener {

    /**
     * A feed answered.
     *
     * @return what of it is believed
     * @throws PollException where the whole answer is not believed
     */
    AcceptedQuotes answered(String feed, FeedResponse answer) throws PollException;

    /** A poll begins; the schedule has changed. */
    default void asking(String feed) {}

    /** A poll ended; the schedule has changed. */
    void polled(String feed, PollOutcome outcome);

    /** A feed that was well has failed. */
    void failing(String feed, String error);

    /** A feed that failed is well. */
    void recovered(String feed);

    /** A feed says something that its users should know, not with every answer but when it has changed. */
    default void noticed(String feed, String notice) {}
}
