package io.ratemesh.benchmarks.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.CharBuffer;
import org.jspecify.annotations.Nullable;

/** One connection of {@link NumberedLoad}, from its begin to its end, with one request at a time. */
final class NumberedConnection extends SimpleChannelInboundHandler<HttpObject> {

    private final NumberedLoad load;
    private @Nullable ChannelHandlerContext context;
    private @Nullable FailureCounts waiting;
    private long dueNanos;
    private long sentNanos;
    private boolean good;
    private boolean last;

    NumberedConnection(NumberedLoad load) {
        this.load = load;
    }

    /** Sends a request; the times are of {@link System#nanoTime()}. */
    void send(long number, long due, long now) {
        dueNanos = due;
        sentNanos = now;
        waiting = load.tally();
        waiting.sent();
        String request = "GET " + RequestNumber.target(number) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
        if (context != null) {
            var unused = context.writeAndFlush(
                    ByteBufUtil.encodeString(context.alloc(), CharBuffer.wrap(request), US_ASCII),
                    context.voidPromise());
        }
    }

    long sentNanos() {
        return sentNanos;
    }

    /** Waits no longer. */
    void timeOut() {
        fail(FailureKind.TIMEOUT);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        this.context = context;
        load.connected(this);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
        if (part.decoderResult().isFailure() || waiting == null) {
            fail(FailureKind.RESET);
            return;
        }
        if (part instanceof HttpResponse head) {
            good = head.status().codeClass() == HttpStatusClass.SUCCESS;
            last = !HttpUtil.isKeepAlive(head);
        }
        if (part instanceof LastHttpContent) {
            answered(waiting);
        }
    }

    private void answered(FailureCounts tally) {
        long now = System.nanoTime();
        if (good) {
            tally.answered(now - dueNanos);
        } else {
            tally.failed(FailureKind.STATUS, now);
        }
        waiting = null;
        if (last && context != null) {
            var unused = context.close();
        } else {
            load.free(this);
        }
    }

    private void fail(FailureKind kind) {
        if (waiting != null) {
            waiting.failed(kind, System.nanoTime());
            waiting = null;
        }
        if (context != null) {
            var unused = context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(FailureKind.RESET);
        load.gone(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(FailureKind.RESET);
    }
}
