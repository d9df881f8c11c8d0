package io.ratemesh.rates.poll;

import java.util.Optional;

/**
 * By what a server recognises the answer that it gave before, so that it need not give it again (RFC 9110 §13.1).
 *
 * @param etag as it came, quotes and weakness included
 * @param lastModified as it came: it is sent back to the letter, never read
 */
public record Validators(Optional<String> etag, Optional<String> lastModified) {

    /** Those of no answer. */
    public static final Validators NONE = new Validators(Optional.empty(), Optional.empty());

    /** Whether a server cannot recognise anything by them. */
    public boolean isEmpty() {
        return etag.isEmpty() && lastModified.isEmpty();
    }
}
