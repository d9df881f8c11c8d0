package io.ratemesh.rates.feed;

import java.net.URI;
import java.util.List;

/** A feed that is polled with an HTTP GET. */
public non-sealed interface HttpFeed extends Feed {

    /** The address; may contain a key, so it must never be shown. */
    URI uri();

    /** Other addresses of the same content, used in this order if the poll of {@link #uri} fails. */
    default List<URI> alternatives() {
        return List.of();
    }

    /**
     * Parses the body of a 200.
     *
     * @param body at most 4 MiB
     * @throws UnreadableResponseException if the body is not in this provider's format
     */
    FeedResponse read(byte[] body) throws UnreadableResponseException;
}
