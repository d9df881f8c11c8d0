package io.ratemesh.balancer.http1;

import io.netty.buffer.ByteBuf;
import io.ratemesh.balancer.http1.HeadScanner.Progress;

/**
 * Lets a scanner see octets as an array, whatever holds them. Octets outside the heap are copied, a piece at a time and
 * never those of a body beyond it: reading an array is so much faster than reading a buffer octet by octet that the copy
 * pays for itself. One for all connections of a loop.
 */
final class ByteWindow {

    private static final int PIECE = 2 * 1024;

    /** The longest head and a piece: a scanner refuses before this is full. */
    private final byte[] octets = new byte[HeadScanner.MAX_REQUEST_LINE + HeadScanner.MAX_FIELD_BYTES + 2 * PIECE];

    /** What of the buffer the array shows. */
    private int from;

    private int to;

    /** Makes it show another buffer, nothing of it yet. */
    void open(ByteBuf buffer) {
        from = buffer.readerIndex();
        to = from;
    }

    /** Lets a scanner go on with the head that begins at {@code headFrom}, up to {@code end}. */
    Progress scan(HeadScanner scanner, ByteBuf buffer, int headFrom, int end) {
        if (buffer.hasArray()) {
            int offset = buffer.arrayOffset();
            return scanner.scan(buffer.array(), offset + headFrom, offset + end);
        }
        if (headFrom >= to) {
            show(buffer, headFrom, headFrom, end);
        }
        while (true) {
            Progress progress = scanner.scan(octets, headFrom - from, to - from);
            if (progress != Progress.MORE_NEEDED || to == end) {
                return progress;
            }
            show(buffer, headFrom, to, end);
        }
    }

    /** Shows what it shows of the head, and a piece more. */
    private void show(ByteBuf buffer, int headFrom, int seen, int end) {
        if (seen > headFrom && headFrom > from) {
            System.arraycopy(octets, headFrom - from, octets, 0, seen - headFrom);
        }
        int piece = Math.min(end - seen, PIECE);
        buffer.getBytes(seen, octets, seen - headFrom, piece);
        from = headFrom;
        to = seen + piece;
    }
}
