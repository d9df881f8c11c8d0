package io.ratemesh.converter.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;

/**
 * A text that many readers are sent, ready for the network: as one HTTP chunk (RFC 9112 §7.1) in memory outside the heap,
 * so that a reader costs a reference to it and neither an encoding nor a copy. It is freed as every object is.
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

    /** A text that is not empty. */
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

    /** As a chunk of a body; the caller's to release. */
    ByteBuf chunk() {
        return chunk.retainedDuplicate();
    }

    /** As it is, for a reader that knows no chunks; the caller's to release. */
    ByteBuf bare() {
        return chunk.retainedSlice(begin, length);
    }

    @Override
    public String toString() {
        return chunk.toString(begin, length, UTF_8);
    }
}
