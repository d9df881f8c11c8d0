package io.ratemesh.converter.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;

/**
 * An event for many readers, encoded as one HTTP chunk (RFC 9112 §7.1) in direct memory: sending it to a reader needs no
 * encoding and no copy. The garbage collector frees it.
 */
final class EncodedEvent {

    private static final String LINE_END = "\r\n";

    private final ByteBuf chunk;
    private final int begin;
    private final int length;

    private EncodedEvent(ByteBuf chunk, int begin, int length) {
        this.chunk = chunk;
        this.begin = begin;
        this.length = length;
    }

    /** Encodes a text that is not empty. */
    static EncodedEvent of(String text) {
        byte[] content = text.getBytes(UTF_8);
        String size = Integer.toHexString(content.length) + LINE_END;
        ByteBuffer bytes = ByteBuffer.allocateDirect(size.length() + content.length + LINE_END.length());
        bytes.put(size.getBytes(UTF_8))
                .put(content)
                .put(LINE_END.getBytes(UTF_8))
                .flip();
        return new EncodedEvent(Unpooled.wrappedBuffer(bytes), size.length(), content.length);
    }

    /** The event as a chunk. The caller releases it. */
    ByteBuf chunk() {
        return chunk.retainedDuplicate();
    }

    /** The event without chunk framing, for HTTP/1.0. The caller releases it. */
    ByteBuf unframed() {
        return chunk.retainedSlice(begin, length);
    }

    @Override
    public String toString() {
        return chunk.toString(begin, length, UTF_8);
    }
}
