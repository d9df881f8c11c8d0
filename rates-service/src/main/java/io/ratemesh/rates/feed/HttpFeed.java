package io.ratemesh.rates.feed;

import java.net.URI;
import java.util.List;

/** A feed that is asked by one GET. */
public non-sealed interface HttpFeed extends Feed {

    /** What to GET; may hold a key, so it is never shown. */
    URI uri();

    /** Where the same answer is to be had when {@link #uri} does not give it, in the order in which to try. */
    default List<URI> alternatives() {
        return List.of();
    }

    /**
     * Reads the body of a 200.
     *
     * @param body as it came, at most a few MiB
     * @throws UnreadableResponseException where it is not what this provider answers
     */
    FeedResponse read(byte[] body) throws UnreadableResponseException;
}
