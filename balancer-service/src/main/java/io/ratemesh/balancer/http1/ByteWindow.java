package io.ratemesh.balancer.http1;

import io.netty.buffer.ByteBuf;
import io.ratemesh.balancer.http.RequestGrammar;
import io.ratemesh.balancer.http1.HeadScanner.Progress;

/**
 * Shows a scanner the bytes of any buffer as an array. Bytes outside the heap are copied, a piece at a time, and only a piece beyond the
 * head: reading an array is so much faster than reading a buffer byte by byte that the copy is worth it. The connections of an event
 * loop share one.
 */
final class ByteWindow {

    private static final int PIECE = 2 * 1024;

    /** The longest head and a piece: a scanner rejects a head before this is full. */
    private final byte[] bytes = new byte[RequestGrammar.MAX_TARGET + RequestGrammar.MAX_FIELD_BYTES + 2 * PIECE];

    /** The range of the buffer that the array shows. */
    private int from;

    private int to;

    /** Begins with another buffer and shows nothing of it yet. */
    void open(ByteBuf buffer) {
        from = buffer.readerIndex();
        to = from;
    }

    /** Continues to scan the head that begins at {@code headFrom}, up to {@code end}. */
    Progress scan(HeadScanner scanner, ByteBuf buffer, int headFrom, int end) {
        if (buffer.hasArray()) {
            int offset = buffer.arrayOffset();
            return scanner.scan(buffer.array(), offset + headFrom, offset + end);
        }
        if (headFrom >= to) {
            show(buffer, headFrom, headFrom, end);
        }
        while (true) {
            Progress progress = scanner.scan(bytes, headFrom - from, to - from);
            if (progress != Progress.MORE_NEEDED || to == end) {
                return progress;
            }
            show(buffer, headFrom, to, end);
        }
    }

    /** Shows the head as far as it is shown already, and one piece more. */
    private void show(ByteBuf buffer, int headFrom, int seen, int end) {
        if (seen > headFrom && headFrom > from) {
            System.arraycopy(bytes, headFrom - from, bytes, 0, seen - headFrom);
        }
        int piece = Math.min(end - seen, PIECE);
        buffer.getBytes(seen, bytes, seen - headFrom, piece);
        from = headFrom;
        to = seen + piece;
    }
}
