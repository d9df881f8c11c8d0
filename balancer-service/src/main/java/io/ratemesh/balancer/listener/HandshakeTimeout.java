package io.ratemesh.balancer.listener;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.util.concurrent.Future;
import io.ratemesh.balancer.vertx.ServerPipeline;
import io.ratemesh.balancer.vertx.VertxConnections;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Limits the time from accepting a connection until it has started, that is until the TLS handshake or the first HTTP/2 frame has
 * been read. A connection that is late is closed without a response.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails here fails because the connection is closed already.
final class HandshakeTimeout extends ChannelInboundHandlerAdapter {

    private final Duration time;
    private final ListenerEvents events;
    private long deadlineNanos;
    private @Nullable Future<?> timer;

    /**
     * For one connection.
     *
     * @param time from when this is added to the pipeline
     */
    HandshakeTimeout(Duration time, ListenerEvents events) {
        this.time = time;
        this.events = events;
    }

    /** Removes it from a connection that has started. Null where the connection has none. */
    static @Nullable HandshakeTimeout end(HttpConnection connection) {
        ChannelPipeline pipeline = VertxConnections.channel(connection).pipeline();
        HandshakeTimeout timeout = pipeline.get(HandshakeTimeout.class);
        if (timeout != null) {
            pipeline.remove(timeout);
        }
        return timeout;
    }

    /** The time that is left, in nanoseconds. */
    long nanosLeft() {
        return deadlineNanos - System.nanoTime();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        deadlineNanos = System.nanoTime() + time.toNanos();
        timer = ctx.executor().schedule(() -> expired(ctx), time.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    /** At a shutdown the connection has no request that could be completed first. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (ServerPipeline.isShutdown(event)) {
            ctx.close();
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    private void expired(ChannelHandlerContext ctx) {
        events.connectionRefused();
        ctx.close();
    }
}
