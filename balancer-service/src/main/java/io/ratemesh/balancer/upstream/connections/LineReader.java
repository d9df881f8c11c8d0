package io.ratemesh.balancer.upstream.connections;

import static io.ratemesh.balancer.upstream.connections.MalformedResponse.require;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** Reads lines that end with CR and LF, from bytes that are received in parts. An incomplete line stays in the buffer. */
final class LineReader {

    /** The line is not complete. */
    static final int INCOMPLETE = -1;

    private static final int USUAL_BYTES = 128;

    private byte[] line = new byte[USUAL_BYTES];

    /** Bytes of the incomplete line in the buffer that are known to have no line feed. */
    private int scanned;

    /** Bytes of the lines since {@link #resetSize()}. */
    private int size;

    /** The bytes of the line that was read last. */
    byte[] line() {
        return line;
    }

    /** From now on lines count anew. */
    void resetSize() {
        size = 0;
    }

    /**
     * Reads a line into {@link #line()}.
     *
     * @param maxSize in bytes, of all lines since {@link #resetSize()} with their line ends
     * @return its length without its line end, or {@link #INCOMPLETE}
     */
    int read(ByteBuf in, int maxSize) {
        int from = in.readerIndex();
        int end = in.indexOf(from + scanned, in.writerIndex(), (byte) '\n') + 1;
        int length = (end == 0 ? in.writerIndex() : end) - from;
        require(size + length <= maxSize, "too long");
        if (end == 0) {
            scanned = length;
            return INCOMPLETE;
        }
        scanned = 0;
        size += length;
        if (line.length < length) {
            line = Arrays.copyOf(line, Math.max(length, 2 * line.length));
        }
        in.readBytes(line, 0, length);
        // RFC 9112 §2.2 allows LF alone. A recipient that does not would see another message.
        require(length >= 2 && line[length - 2] == '\r', "a line does not end with CR and LF");
        return length - 2;
    }
}
