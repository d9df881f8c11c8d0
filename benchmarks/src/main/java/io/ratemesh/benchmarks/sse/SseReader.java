package io.ratemesh.benchmarks.sse;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.nio.CharBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** One reader: asks for its pairs and holds every event against the one before. */
final class SseReader extends ChannelInboundHandlerAdapter implements StreamIds.Listener {

    /** What befell the readers that read to the end. */
    static final class Tally {

        final AtomicInteger refused = new AtomicInteger();
        final AtomicReference<String> firstRefusal = new AtomicReference<>("");
        final AtomicInteger greeted = new AtomicInteger();
        final AtomicInteger outOfStep = new AtomicInteger();
        final AtomicInteger lost = new AtomicInteger();
    }

    private static final String WELL = "HTTP/1.1 200 ";

    private final String target;
    private final boolean steady;
    private final Updates updates;
    private final Tally tally;
    private final StreamIds ids = new StreamIds();
    private boolean answered;
    private long version;

    SseReader(String target, boolean steady, Updates updates, Tally tally) {
        this.target = target;
        this.steady = steady;
        this.updates = updates;
        this.tally = tally;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        String request = "GET " + target + " HTTP/1.1\r\nHost: bench\r\nAccept: text/event-stream\r\n\r\n";
        ByteBuf bytes = ByteBufUtil.encodeString(context.alloc(), CharBuffer.wrap(request), US_ASCII);
        ChannelFuture unused = context.writeAndFlush(bytes);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            ByteBuf bytes = (ByteBuf) message;
            if (!answered) {
                answered = true;
                String answer = bytes.toString(US_ASCII);
                if (!answer.startsWith(WELL)) {
                    tally.refused.incrementAndGet();
                    tally.firstRefusal.compareAndSet("", answer);
                }
            }
            ids.read(bytes, this);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void event(long id) {
        if (version == 0) {
            tally.greeted.incrementAndGet();
        } else if (id != version + 1 && steady) {
            tally.outOfStep.incrementAndGet();
        }
        version = id;
        if (id >= updates.firstVersion() && id <= updates.lastVersion()) {
            updates.heard(id, steady, System.nanoTime());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (steady && version < updates.lastVersion()) {
            tally.lost.incrementAndGet();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        ChannelFuture unused = context.close();
    }
}
