package io.ratemesh.balancer.listener;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import io.ratemesh.balancer.http.HalfClose;
import io.ratemesh.balancer.http.ProblemResponse;
import io.ratemesh.balancer.http.RefusalListener;
import io.ratemesh.balancer.vertx.ServerPipeline;
import io.ratemesh.balancer.vertx.VertxConnections;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Requires that a connection starts with the preface of HTTP/2 (RFC 9113 §3.4). The first byte that differs is rejected with 505, and
 * nothing decodes it. It stays in the pipeline until the first frame has been read; {@link HandshakeTimeout} limits that time.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails here fails because the connection is closed already.
final class ConnectionPreface extends ChannelInboundHandlerAdapter {

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);
    private static final int HTTP_VERSION_NOT_SUPPORTED = 505;

    /** For a client of HTTP/1. */
    private static final byte[] RESPONSE =
            ProblemResponse.bodiless(HTTP_VERSION_NOT_SUPPORTED).toHttp1(true);

    private final Duration linger;
    private final RefusalListener refusals;
    private int matched;
    private boolean rejected;
    private @Nullable Future<?> closing;

    /**
     * For one connection.
     *
     * @param linger how long the client may take to read the 505 before the connection is closed
     */
    ConnectionPreface(Duration linger, RefusalListener refusals) {
        this.linger = linger;
        this.refusals = refusals;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (closing != null) {
            closing.cancel(false);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        if (rejected) {
            in.release();
        } else if (matches(in)) {
            ctx.fireChannelRead(in);
        } else {
            in.release();
            reject(ctx);
        }
    }

    /** Removes it from a connection that has started. */
    static void end(HttpConnection connection) {
        VertxConnections.channel(connection).pipeline().remove(ConnectionPreface.class);
    }

    private boolean matches(ByteBuf in) {
        int expected = Math.min(in.readableBytes(), PREFACE.length - matched);
        for (int i = 0; i < expected; i++) {
            if (in.getByte(in.readerIndex() + i) != PREFACE[matched + i]) {
                return false;
            }
        }
        matched += expected;
        return true;
    }

    private void reject(ChannelHandlerContext ctx) {
        Channel channel = ctx.channel();
        rejected = true;
        refusals.rejected(ServerPipeline.client(channel), HTTP_VERSION_NOT_SUPPORTED, 0);
        ctx.pipeline().remove(HandshakeTimeout.class);
        closing = ctx.executor().schedule(() -> ctx.close(), linger.toMillis(), TimeUnit.MILLISECONDS);
        // Input is read on until then: closing with unread input resets the connection, and the client would lose the
        // response.
        channel.config().setAutoRead(true);
        HalfClose.after(ctx, channel, Unpooled.wrappedBuffer(RESPONSE)).addListener(written -> {
            if (!written.isSuccess()) {
                channel.close();
            }
        });
    }
}
