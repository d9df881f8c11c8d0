package io.ratemesh.balancer.listener;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.ratemesh.balancer.http.RefusalListener;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection of HTTP/1 whose first request is not here in time. Its guard would give it that time from the end of the
 * handshake; here it is what the handshake left of it. Is gone with the first request, or the first refusal.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails here fails because the connection is closed already.
final class FirstRequestTimeout extends ChannelDuplexHandler {

    private static final String DECODER = "httpDecoder";
    private static final int REQUEST_TIMEOUT = 408;
    private static final byte[] REFUSAL =
            "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\nCache-Control: no-store\r\n\r\n"
                    .getBytes(US_ASCII);

    private final HttpConnection connection;
    private final long nanos;
    private final RefusalListener refusals;
    private boolean begun;
    private long since;
    private boolean refusing;
    private @Nullable Future<?> deadline;

    private FirstRequestTimeout(HttpConnection connection, long nanos, RefusalListener refusals) {
        this.connection = connection;
        this.nanos = nanos;
        this.refusals = refusals;
    }

    /**
     * Watches a connection, if it is one of HTTP/1.
     *
     * @param nanos for the whole head
     * @param guard puts what judges heads before the decoder
     */
    static void watch(HttpConnection connection, long nanos, RefusalListener refusals, Runnable guard) {
        ChannelPipeline pipeline = ((ConnectionBase) connection).channel().pipeline();
        if (pipeline.get(DECODER) == null) {
            guard.run();
            return;
        }
        FirstRequestTimeout first = new FirstRequestTimeout(connection, nanos, refusals);
        pipeline.addBefore(DECODER, "firstHead", first);
        guard.run();
        pipeline.addBefore(DECODER, "firstWholeHead", first.new Whole());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        deadline = ctx.executor().schedule(() -> late(ctx), nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (refusing) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (!begun) {
            begun = true;
            since = System.nanoTime();
        }
        ctx.fireChannelRead(message);
    }

    /** An answer before a request is a refusal. */
    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        ctx.pipeline().remove(this);
        ctx.write(message, promise);
    }

    /** Who has not said anything is not told anything. */
    private void late(ChannelHandlerContext ctx) {
        if (!begun) {
            ctx.close();
            return;
        }
        refusing = true;
        refusals.refused(
                connection.remoteAddress(), REQUEST_TIMEOUT, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since));
        ctx.writeAndFlush(Unpooled.wrappedBuffer(REFUSAL)).addListener(written -> ctx.close());
    }

    /** Stands behind the guard, which passes heads on only whole. */
    private final class Whole extends ChannelInboundHandlerAdapter {

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
