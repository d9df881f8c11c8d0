package io.ratemesh.balancer.http1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The bytes of a connection's incomplete head, until the rest arrives. */
final class HeldHead {

    private static final int MIN_CAPACITY = 512;

    private @Nullable ByteBuf bytes;
    private long sinceNanos;

    boolean isEmpty() {
        return bytes == null;
    }

    /** Keeps the bytes of a buffer from {@code from} on, in a copy with room for more. */
    void begin(ByteBufAllocator allocator, ByteBuf in, int from, long nowNanos) {
        int size = in.writerIndex() - from;
        ByteBuf copy = allocator.heapBuffer(Math.max(MIN_CAPACITY, 2 * size));
        copy.writeBytes(in, from, size);
        bytes = copy;
        sinceNanos = nowNanos;
    }

    /** Keeps the bytes that were taken: the head is still incomplete. */
    void keep(ByteBuf taken) {
        bytes = taken;
    }

    /** Hands over what is held; null for nothing. */
    @Nullable
    ByteBuf take() {
        ByteBuf taken = bytes;
        bytes = null;
        return taken;
    }

    /** Milliseconds since the first byte of the last head that was held. */
    long millis(long nowNanos) {
        return TimeUnit.NANOSECONDS.toMillis(nowNanos - sinceNanos);
    }

    void release() {
        ReferenceCountUtil.release(take());
    }
}
