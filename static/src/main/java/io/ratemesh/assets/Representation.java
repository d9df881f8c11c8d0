package io.ratemesh.assets;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One asset in one encoding, or plain: the bytes that go on the wire and their validator. */
public final class Representation {
    private final @Nullable Encoding encoding;
    private final String etag;
    private final byte[] body;

    Representation(@Nullable Encoding encoding, String etag, byte[] body) {
        this.encoding = encoding;
        this.etag = etag;
        this.body = body;
    }

    /** The content coding to send in {@code Content-Encoding}; empty for the plain bytes, which need no such header. */
    public Optional<Encoding> encoding() {
        return Optional.ofNullable(encoding);
    }

    /** A strong entity tag with its quotes; it differs between the encodings of one asset (RFC 9110 §8.8.3.3). */
    public String etag() {
        return etag;
    }

    /** The body. Not a copy, so that serving costs nothing: it must not be written to. */
    public byte[] body() {
        return body;
    }
}
