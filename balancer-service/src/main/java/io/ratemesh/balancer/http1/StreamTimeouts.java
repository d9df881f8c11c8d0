package io.ratemesh.balancer.http1;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.ratemesh.balancer.http.ConnectionResets;
import io.ratemesh.balancer.http.EarlyClose;
import io.ratemesh.balancer.vertx.ServerPipeline;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Closes HTTP/2 connections whose clients read nothing of what is sent to them, such as those that grant no window, and those that were
 * reset. A connection all of whose streams wait for upstreams stays: the limits of the pool hold for it. An event loop has one.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails here fails because the connection is closed already.
final class StreamTimeouts {

    private static final String TIMER = "idle";

    /** Sweeps without a byte after which the kernel is asked for a reset. */
    private static final int LONG_QUIET = 2;

    private final Map<ChannelPipeline, ReadObserver> open = new HashMap<>();
    private Duration silence;

    /**
     * Without connections.
     *
     * @param silence the time without a byte in either direction after which a connection is closed
     */
    StreamTimeouts(Duration silence) {
        this.silence = silence;
    }

    /** Watches a connection from now on. Vert.x closes it when the timer fires. */
    void add(ChannelPipeline pipeline) {
        ReadObserver observer = new ReadObserver();
        ServerPipeline.addBeforeConnection(pipeline, TIMER, timer());
        pipeline.addBefore(TIMER, "readObserver", observer);
        open.put(pipeline, observer);
        pipeline.channel().closeFuture().addListener(ignored -> open.remove(pipeline));
    }

    /** Replaces the time, also of open connections. */
    void use(Duration other) {
        if (!other.equals(silence)) {
            silence = other;
            open.keySet().forEach(pipeline -> pipeline.replace(TIMER, TIMER, timer()));
        }
    }

    /** Closes connections that were reset. It has to be called every {@link RequestGuard#SWEEP_MILLIS}. */
    void sweep(ConnectionResets resets) {
        List<ChannelPipeline> reset = open.entrySet().stream()
                .filter(each -> each.getValue().isQuietFor(LONG_QUIET)
                        && resets.wasReset(each.getKey().channel()))
                .map(Map.Entry::getKey)
                .toList();
        reset.forEach(ChannelPipeline::close);
    }

    private IdleStateHandler timer() {
        return new IdleStateHandler(0, 0, silence.toMillis(), TimeUnit.MILLISECONDS) {
            @Override
            protected void channelIdle(ChannelHandlerContext ctx, IdleStateEvent event) throws Exception {
                if (!isWaitingForUpstreams(ctx)) {
                    EarlyClose.clientTimedOut(ctx.channel());
                    super.channelIdle(ctx, event);
                }
            }
        };
    }

    private static boolean isWaitingForUpstreams(ChannelHandlerContext ctx) throws Http2Exception {
        Http2ConnectionHandler handler = ctx.pipeline().get(Http2ConnectionHandler.class);
        if (handler == null
                || handler.connection().numActiveStreams() == 0
                || RequestGuard.outboundProgress(ctx.channel()) != 0) {
            return false;
        }
        Http2RemoteFlowController windows = handler.encoder().flowController();
        Http2Stream unsent = handler.connection().forEachActiveStream(stream -> !windows.hasFlowControlled(stream));
        return unsent == null;
    }

    /** Counts the sweeps since the last byte arrived. */
    private static final class ReadObserver extends ChannelInboundHandlerAdapter {

        private int quietSweeps;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            quietSweeps = 0;
            ctx.fireChannelRead(message);
        }

        /** Counts a sweep; whether it is exactly the given one in a row without a byte. */
        boolean isQuietFor(int sweeps) {
            quietSweeps++;
            return quietSweeps == sweeps;
        }
    }
}
