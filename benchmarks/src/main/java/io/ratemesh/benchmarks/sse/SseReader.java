package io.ratemesh.benchmarks.sse;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.nio.CharBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A reader of a stream, which checks that versions are consecutive. */
final class SseReader extends ChannelInboundHandlerAdapter implements EventIdParser.EventListener {

    /** Counts over all readers. */
    static final class Counts {
        final AtomicInteger rejected = new AtomicInteger();
        final AtomicReference<String> firstRejection = new AtomicReference<>("");
        final AtomicInteger started = new AtomicInteger();
        final AtomicInteger outOfOrder = new AtomicInteger();
        final AtomicInteger closed = new AtomicInteger();
    }

    private static final String OK = "HTTP/1.1 200 ";

    private final String target;
    private final boolean slow;
    private final UpdateTimings timings;
    private final Counts counts;
    private final EventIdParser parser;
    private boolean responding;
    private long version;

    /**
     * Creates a reader.
     *
     * @param versionPrefix what precedes the version in a line of an event
     * @param slow whether it stops reading during the benchmark
     */
    SseReader(String target, String versionPrefix, boolean slow, UpdateTimings timings, Counts counts) {
        this.target = target;
        this.parser = new EventIdParser(versionPrefix);
        this.slow = slow;
        this.timings = timings;
        this.counts = counts;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        String request = "GET " + target + " HTTP/1.1\r\nHost: bench\r\nAccept: text/event-stream\r\n\r\n";
        var unused =
                context.writeAndFlush(ByteBufUtil.encodeString(context.alloc(), CharBuffer.wrap(request), US_ASCII));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            ByteBuf bytes = (ByteBuf) message;
            if (!responding) {
                responding = true;
                checkStatus(bytes.toString(US_ASCII));
            }
            parser.read(bytes, this);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void checkStatus(String response) {
        if (!response.startsWith(OK)) {
            counts.rejected.incrementAndGet();
            counts.firstRejection.compareAndSet("", response);
        }
    }

    @Override
    public void onEvent(long id) {
        if (version == 0) {
            counts.started.incrementAndGet();
        } else if (id != version + 1 && !slow) {
            counts.outOfOrder.incrementAndGet();
        }
        version = id;
        if (!slow && id >= timings.firstVersion() && id <= timings.lastVersion()) {
            timings.recordReceived(id, System.nanoTime());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (!slow && version < timings.lastVersion()) {
            counts.closed.incrementAndGet();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var unused = context.close();
    }
}
