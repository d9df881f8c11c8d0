package io.ratemesh.balancer.listener;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.ratemesh.balancer.http.HalfClose;
import io.ratemesh.balancer.http.RefusalListener;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets a connection begin with nothing but the preface of HTTP/2 (RFC 9113 §3.4). One that begins with anything else is ended at
 * its first other octet; nothing decodes it. It stays until the connection is {@link #over}, when its first frame is here, too; how
 * long that may take is the {@link HandshakeTimeout}'s.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails here fails because the connection is closed already.
final class ConnectionPreface extends ChannelInboundHandlerAdapter {

    private static final byte[] OCTETS = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);
    private static final int REFUSED = 505;

    /** For the people who find out what this port is for. */
    private static final byte[] REFUSAL =
            ("HTTP/1.1 505 HTTP Version Not Supported\r\nConnection: close\r\nContent-Length: 0\r\n"
                            + "Cache-Control: no-store\r\n\r\n")
                    .getBytes(US_ASCII);

    private final Duration linger;
    private final RefusalListener refusals;
    private int seen;
    private boolean refusing;
    private @Nullable Future<?> deadline;

    /**
     * For one connection.
     *
     * @param linger after a refusal, for the client to read it before the connection is closed
     */
    ConnectionPreface(Duration linger, RefusalListener refusals) {
        this.linger = linger;
        this.refusals = refusals;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (refusing || !(message instanceof ByteBuf in)) {
            ReferenceCountUtil.release(message);
            return;
        }
        int expected = Math.min(in.readableBytes(), OCTETS.length - seen);
        for (int i = 0; i < expected; i++) {
            if (in.getByte(in.readerIndex() + i) != OCTETS[seen + i]) {
                in.release();
                refuse(ctx);
                return;
            }
        }
        seen += expected;
        ctx.fireChannelRead(in);
    }

    /** The connection has begun, and others watch over it. */
    static void over(HttpConnection connection) {
        ((ConnectionBase) connection).channel().pipeline().remove(ConnectionPreface.class);
    }

    private void refuse(ChannelHandlerContext ctx) {
        refusing = true;
        refusals.refused(
                ctx.channel().attr(ConnectionBase.REMOTE_ADDRESS_OVERRIDE).get(), REFUSED, 0);
        ctx.pipeline().remove(HandshakeTimeout.class);
        deadline = ctx.executor().schedule(() -> ctx.close(), linger.toMillis(), TimeUnit.MILLISECONDS);
        // Input is read on for a while: closing with unread input resets, and the client would lose the answer.
        Channel channel = ctx.channel();
        channel.config().setAutoRead(true);
        HalfClose.after(ctx, channel, Unpooled.wrappedBuffer(REFUSAL)).addListener(told -> {
            if (!told.isSuccess()) {
                channel.close();
            }
        });
    }
}
