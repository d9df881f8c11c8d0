package io.ratemesh.rates.poll;

import io.vertx.core.buffer.Buffer;

/** What a GET brought. */
public sealed interface FetchedResponse {

    /**
     * A 200.
     *
     * @param content the whole body
     * @param validators by which to ask whether it changed
     */
    record Body(Buffer content, Validators validators) implements FetchedResponse {}

    /** A 304: what was known is still so. */
    record NotModified() implements FetchedResponse {}
}
