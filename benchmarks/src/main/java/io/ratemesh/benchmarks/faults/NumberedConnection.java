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
import io.ratemesh.benchmarks.faults.FailureCounts.Kind;
import java.nio.CharBuffer;
import org.jspecify.annotations.Nullable;

/** A connection of {@link NumberedLoad}, with one request at a time. */
final class NumberedConnection extends SimpleChannelInboundHandler<HttpObject> {

    private final NumberedLoad load;
    private @Nullable ChannelHandlerContext context;
    private @Nullable FailureCounts pending;
    private long dueNanos;
    private long sentNanos;
    private boolean successful;
    private boolean closing;

    NumberedConnection(NumberedLoad load) {
        this.load = load;
    }

    /** Sends a request; the times are of {@link System#nanoTime()}. */
    void send(long number, long due, long now) {
        dueNanos = due;
        sentNanos = now;
        pending = load.counts();
        pending.addRequest();
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

    /** Fails the pending request and closes the connection. */
    void timeOut() {
        fail(Kind.TIMEOUT);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        this.context = context;
        load.onConnected(this);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
        if (message.decoderResult().isFailure() || pending == null) {
            fail(Kind.RESET);
            return;
        }
        if (message instanceof HttpResponse head) {
            successful = head.status().codeClass() == HttpStatusClass.SUCCESS;
            closing = !HttpUtil.isKeepAlive(head);
        }
        if (message instanceof LastHttpContent) {
            onResponse(pending);
        }
    }

    private void onResponse(FailureCounts counts) {
        long now = System.nanoTime();
        if (successful) {
            counts.addSuccess(now - dueNanos);
        } else {
            counts.addFailure(Kind.STATUS, now);
        }
        pending = null;
        if (closing && context != null) {
            var unused = context.close();
        } else {
            load.onIdle(this);
        }
    }

    private void fail(Kind kind) {
        if (pending != null) {
            pending.addFailure(kind, System.nanoTime());
            pending = null;
        }
        if (context != null) {
            var unused = context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(Kind.RESET);
        load.onClosed(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(Kind.RESET);
    }
}
