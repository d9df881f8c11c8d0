package io.ratemesh.assets;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An asset in one encoding, or plain: its bytes and entity tag. */
public final class Representation {
    private final @Nullable Encoding encoding;
    private final String etag;
    private final byte[] body;

    Representation(@Nullable Encoding encoding, String etag, byte[] body) {
        this.encoding = encoding;
        this.etag = etag;
        this.body = body;
    }

    /** The content coding to send in {@code Content-Encoding}; empty for the plain bytes. */
    public Optional<Encoding> encoding() {
        return Optional.ofNullable(encoding);
    }

    /** The strong entity tag, with its quotes; each encoding has its own (RFC 9110 §8.8.3.3). */
    public String etag() {
        return etag;
    }

    /** The body. It is not a copy and must not be modified. */
    public byte[] body() {
        return body;
    }
}
