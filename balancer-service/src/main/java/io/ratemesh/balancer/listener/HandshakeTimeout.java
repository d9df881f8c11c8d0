package io.ratemesh.balancer.listener;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.util.concurrent.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.ShutdownEvent;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection that was let in and has not begun: its handshake, or the first frame of HTTP/2, is not here. One that does not begin
 * in time is closed without a word, and was not let in.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails here fails because the connection is closed already.
final class HandshakeTimeout extends ChannelInboundHandlerAdapter {

    private final Duration time;
    private final ListenerEvents arrivals;
    private long until;
    private @Nullable Future<?> deadline;

    /**
     * For one connection.
     *
     * @param time from when it is put into the connection's pipeline
     * @param arrivals told where it is over and nothing has begun
     */
    HandshakeTimeout(Duration time, ListenerEvents arrivals) {
        this.time = time;
        this.arrivals = arrivals;
    }

    /** The one of a connection, which begins now: others watch over it. Null where it has none. */
    static @Nullable HandshakeTimeout begins(HttpConnection connection) {
        ChannelPipeline pipeline = ((ConnectionBase) connection).channel().pipeline();
        HandshakeTimeout newcomer = pipeline.get(HandshakeTimeout.class);
        if (newcomer != null) {
            pipeline.remove(newcomer);
        }
        return newcomer;
    }

    /** What is left of its time, in nanoseconds. */
    long left() {
        return until - System.nanoTime();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        until = System.nanoTime() + time.toNanos();
        deadline = ctx.executor().schedule(() -> late(ctx), time.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    /** No request is under way yet that could be let end. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ShutdownEvent) {
            ctx.close();
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    private void late(ChannelHandlerContext ctx) {
        arrivals.connectionRefused();
        ctx.close();
    }
}
