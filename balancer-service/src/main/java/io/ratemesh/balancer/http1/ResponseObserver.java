package io.ratemesh.balancer.http1;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.stream.ChunkedInput;
import io.netty.util.ReferenceCountUtil;
import io.ratemesh.balancer.http.EarlyClose;
import io.ratemesh.balancer.vertx.ServerPipeline;
import io.ratemesh.balancer.vertx.VertxMessages;
import java.nio.channels.ClosedChannelException;

/** Sees the responses of a connection before they are encoded, and reports to its guard where each begins and ends. */
@SuppressWarnings("FutureReturnValueIgnored") // The promise has the result.
final class ResponseObserver extends ChannelOutboundHandlerAdapter {

    private static final int CONTINUE = 100;
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int FIRST_FINAL_STATUS = 200;

    private final ConnectionGuard guard;

    ResponseObserver(ConnectionGuard guard) {
        this.guard = guard;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (guard.isEnding()) {
            ReferenceCountUtil.release(message);
            promise.tryFailure(new ClosedChannelException());
            return;
        }
        boolean ends = VertxMessages.endsResponse(message);
        if (!guard.hasResponseBegun() && message instanceof HttpResponse head) {
            begins(head);
        } else if (message instanceof ChunkedInput) {
            ServerPipeline.sendFiles(ctx);
        }
        ctx.write(message, promise);
        if (ends) {
            guard.responseEnds();
        }
    }

    /** The guard closes the connection itself after the last response, once that is sent. */
    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (guard.isEnding()) {
            ctx.channel().closeFuture().addListener(closed -> promise.trySuccess());
        } else {
            EarlyClose.byProxy(ctx.channel());
            ctx.close(promise);
        }
    }

    private void begins(HttpResponse head) {
        int status = head.status().code();
        if (status >= FIRST_FINAL_STATUS) {
            guard.responseBegins(head.protocolVersion().minorVersion() == 0);
            if (guard.isLastResponse()) {
                head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            }
        } else if (status == SWITCHING_PROTOCOLS) {
            guard.becomesTunnel();
        } else if (status == CONTINUE) {
            guard.continues();
        }
    }
}
