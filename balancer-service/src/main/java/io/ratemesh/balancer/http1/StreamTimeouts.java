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
import io.ratemesh.balancer.vertx.ServerPipeline;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Ends connections of HTTP/2 on which nothing moves at all though their clients are to take something, such as those of clients that
 * grant no window, and those whose clients are gone. One whose streams wait for upstreams stays: how long an upstream may be silent is
 * its pool's to say. Of one event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails here fails because the connection is closed already.
final class StreamTimeouts {

    private static final String TIMER = "idle";

    /** Sweeps without an octet after which it is asked whether a client is still there. */
    private static final int LONG_QUIET = 2;

    private final Map<ChannelPipeline, Ear> open = new HashMap<>();
    private Duration longest;

    /**
     * None yet.
     *
     * @param longest silence that is borne
     */
    StreamTimeouts(Duration longest) {
        this.longest = longest;
    }

    /** Watches a connection from now on. Vert.x closes it when the timer fires. */
    void add(ChannelPipeline pipeline) {
        Ear ear = new Ear();
        ServerPipeline.addBeforeConnection(pipeline, TIMER, timer());
        pipeline.addBefore(TIMER, "ear", ear);
        open.put(pipeline, ear);
        pipeline.channel().closeFuture().addListener(ignored -> open.remove(pipeline));
    }

    /** Bears another silence from now on, on connections that are here as well. */
    void use(Duration other) {
        if (!other.equals(longest)) {
            longest = other;
            open.keySet().forEach(pipeline -> pipeline.replace(TIMER, TIMER, timer()));
        }
    }

    /** Closes connections that were reset. To be called every {@link RequestGuard#SWEEP_MILLIS}. */
    void sweep(ConnectionResets resets) {
        List<ChannelPipeline> gone = open.entrySet().stream()
                .filter(each -> each.getValue().isQuietFor(LONG_QUIET)
                        && resets.cameOn(each.getKey().channel()))
                .map(Map.Entry::getKey)
                .toList();
        gone.forEach(ChannelPipeline::close);
    }

    private IdleStateHandler timer() {
        return new IdleStateHandler(0, 0, longest.toMillis(), TimeUnit.MILLISECONDS) {
            @Override
            protected void channelIdle(ChannelHandlerContext ctx, IdleStateEvent event) throws Exception {
                if (!waitsForUpstreams(ctx)) {
                    super.channelIdle(ctx, event);
                }
            }
        };
    }

    private static boolean waitsForUpstreams(ChannelHandlerContext ctx) throws Http2Exception {
        Http2ConnectionHandler handler = ctx.pipeline().get(Http2ConnectionHandler.class);
        if (handler == null
                || handler.connection().numActiveStreams() == 0
                || RequestGuard.outbound(ctx.channel()) != 0) {
            return false;
        }
        Http2RemoteFlowController windows = handler.encoder().flowController();
        Http2Stream owed = handler.connection().forEachActiveStream(stream -> !windows.hasFlowControlled(stream));
        return owed == null;
    }

    /** Hears whether anything came. */
    private static final class Ear extends ChannelInboundHandlerAdapter {

        private int quiet;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            quiet = 0;
            ctx.fireChannelRead(message);
        }

        /** Whether that many looks in a row, with this one, found that nothing came. */
        boolean isQuietFor(int looks) {
            quiet++;
            return quiet == looks;
        }
    }
}
