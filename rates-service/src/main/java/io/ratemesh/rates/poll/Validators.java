package io.ratemesh.rates.poll;

import java.util.Optional;

/**
 * The validators of a response, for conditional requests (RFC 9110 §13.1).
 *
 * @param etag as received, with quotes and weakness
 * @param lastModified as received; sent back unchanged, never parsed
 */
public record Validators(Optional<String> etag, Optional<String> lastModified) {

    /** No validators: the request is unconditional. */
    public static final Validators NONE = new Validators(Optional.empty(), Optional.empty());

    /** Whether there is none. */
    public boolean isEmpty() {
        return etag.isEmpty() && lastModified.isEmpty();
    }
}
