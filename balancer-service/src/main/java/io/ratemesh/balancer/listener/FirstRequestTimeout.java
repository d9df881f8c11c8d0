package io.ratemesh.balancer.listener;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.ratemesh.balancer.http.EarlyClose;
import io.ratemesh.balancer.http.ProblemResponse;
import io.ratemesh.balancer.http.RefusalListener;
import io.ratemesh.balancer.vertx.ServerPipeline;
import io.ratemesh.balancer.vertx.VertxConnections;
import io.vertx.core.http.HttpConnection;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Limits the time for the first request head of an HTTP/1 connection over TLS to what its handshake has left. Without it the guard
 * would allow the whole time again from the end of the handshake. It removes itself with the first request, or the first rejection.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails here fails because the connection is closed already.
final class FirstRequestTimeout extends ChannelDuplexHandler {

    private static final int REQUEST_TIMEOUT = 408;
    private static final byte[] RESPONSE =
            ProblemResponse.bodiless(REQUEST_TIMEOUT).toHttp1(true);

    private final HttpConnection connection;
    private final long nanos;
    private final RefusalListener refusals;
    private boolean received;
    private long firstByteNanos;
    private boolean rejected;
    private @Nullable Future<?> timer;

    private FirstRequestTimeout(HttpConnection connection, long nanos, RefusalListener refusals) {
        this.connection = connection;
        this.nanos = nanos;
        this.refusals = refusals;
    }

    /**
     * Guards a connection, with a timeout if it is one of HTTP/1.
     *
     * @param nanos for the whole head
     * @param guard adds the guard to the pipeline
     */
    static void start(HttpConnection connection, long nanos, RefusalListener refusals, Runnable guard) {
        ChannelPipeline pipeline = VertxConnections.channel(connection).pipeline();
        if (!ServerPipeline.isHttp1(pipeline)) {
            guard.run();
            return;
        }
        FirstRequestTimeout timeout = new FirstRequestTimeout(connection, nanos, refusals);
        ServerPipeline.addBeforeDecoder(pipeline, "firstRequestTimeout", timeout);
        guard.run();
        ServerPipeline.addBeforeDecoder(pipeline, "firstRequestHead", timeout.new HeadCompleted());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        timer = ctx.executor().schedule(() -> expired(ctx), nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (rejected) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (!received) {
            received = true;
            firstByteNanos = System.nanoTime();
        }
        ctx.fireChannelRead(message);
    }

    /** A response before any request is a rejection. */
    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        ctx.pipeline().remove(this);
        ctx.write(message, promise);
    }

    /** Only a client that has sent something gets a response. */
    private void expired(ChannelHandlerContext ctx) {
        if (!received) {
            ctx.close();
            return;
        }
        rejected = true;
        EarlyClose.clientTimedOut(ctx.channel());
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - firstByteNanos);
        refusals.rejected(connection.remoteAddress(), REQUEST_TIMEOUT, millis);
        ctx.writeAndFlush(Unpooled.wrappedBuffer(RESPONSE)).addListener(written -> ctx.close());
    }

    /** Comes after the guard, which passes on complete heads only. */
    private final class HeadCompleted extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ChannelPipeline pipeline = ctx.pipeline();
            if (pipeline.context(FirstRequestTimeout.this) != null) {
                pipeline.remove(FirstRequestTimeout.this);
            }
            pipeline.remove(this);
            ctx.fireChannelRead(message);
        }
    }
}
