package io.ratemesh.balancer.proxy;

import io.netty.buffer.ByteBuf;

/** The last bytes of a stream of server-sent events, which show whether an event is complete. */
final class StreamTail {

    private static final int TWO_LINE_FEEDS = '\n' << 8 | '\n';
    private static final int TWO_CR_LF = '\r' << 24 | '\n' << 16 | '\r' << 8 | '\n';

    private int last = TWO_LINE_FEEDS;

    void update(ByteBuf bytes) {
        for (int i = Math.max(bytes.readerIndex(), bytes.writerIndex() - 4); i < bytes.writerIndex(); i++) {
            last = last << 8 | (bytes.getByte(i) & 0xff);
        }
    }

    /** Whether a field may be written that belongs to no event before it. */
    boolean isBetweenEvents() {
        return (last & 0xffff) == TWO_LINE_FEEDS || last == TWO_CR_LF;
    }
}
