package io.ratemesh.rates.poll;

import io.vertx.core.buffer.Buffer;

/** The result of a GET. */
public sealed interface FetchedResponse {

    /**
     * A 200.
     *
     * @param content the whole body
     * @param validators for the next conditional request
     */
    record Body(Buffer content, Validators validators) implements FetchedResponse {}

    /** A 304: nothing has changed. */
    record NotModified() implements FetchedResponse {}
}
