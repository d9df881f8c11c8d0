package io.ratemesh.balancer.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.Future;
import io.ratemesh.balancer.http.ConnectionResets;
import io.ratemesh.balancer.http.HalfClose;
import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One of the two connections of a {@link TcpRelay}. What it reads is written to the other one; while that takes no more, no more is
 * read here, so that what waits in this process is {@link #BUFFER} and what one read brought.
 */
@SuppressWarnings(
        "FutureReturnValueIgnored") // What fails here fails because the connection is gone, which is heard of by
// itself.
final class TcpConnection extends ChannelInboundHandlerAdapter {

    /** Of what waits for a connection: reading for it stops above the one and goes on below the other; in bytes. */
    static final WriteBufferWaterMark BUFFER = new WriteBufferWaterMark(32 * 1024, 64 * 1024);

    private final TcpRelay relay;
    private final Channel channel;
    private @Nullable TcpConnection other;
    private @Nullable Deque<ByteBuf> early;
    private boolean ended;
    private boolean toldEnd;
    private boolean heard;
    private boolean moved;
    private long pendingBefore;

    /** Looks in a row that found nothing had moved. */
    private int quiet;

    TcpConnection(TcpRelay relay, Channel channel) {
        this.relay = relay;
        this.channel = channel;
    }

    Channel channel() {
        return channel;
    }

    /** Whether the other side's FIN was passed on to it, after all that came before. */
    boolean toldEnd() {
        return toldEnd;
    }

    /** Whether a byte of it was passed on. */
    boolean heard() {
        return heard;
    }

    /** As a server's it broke off: whether that is its fault depends on what it had said. */
    void speakAgainst(UpstreamOnLoop server) {
        if (!ended && heard) {
            server.connectionBroken();
        } else if (!ended) {
            server.responseFailed();
        }
    }

    /** From now on bytes flow to the other. */
    void join(TcpConnection with) {
        other = with;
        if (early != null) {
            early.forEach(bytes -> pass(bytes, with));
            early = null;
            with.channel.flush();
        }
        if (ended) {
            with.tellEnd();
        } else if (with.channel.isWritable()) {
            read();
        }
    }

    /** Whether bytes came or went since this was last asked. */
    boolean tookMoved() {
        long pending = pending();
        boolean did = moved || pending != pendingBefore;
        moved = false;
        pendingBefore = pending;
        quiet = did ? 0 : quiet + 1;
        return did;
    }

    /** Whether it was reset and nobody told: asked once after it fell quiet. */
    boolean wasReset(ConnectionResets resets) {
        return quiet == 1 && resets.cameOn(channel);
    }

    /** Bytes that wait here until it takes them. */
    long pending() {
        ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
        return out == null ? 0 : out.totalPendingWriteBytes();
    }

    /** Closes it: with a FIN where it has all that it was sent, else as broken off. */
    void sever() {
        if (pending() > 0) {
            reset();
        } else {
            close();
        }
    }

    /** Closes it with a FIN. */
    void close() {
        dropEarly();
        channel.close();
    }

    /**
     * Closes it with a RST, so that what it got so far is not taken for the whole. Who was told the end has the whole, and what of
     * it is still on the way must not be lost.
     */
    void reset() {
        if (channel.isOpen() && !toldEnd) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        close();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        relay.opened(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (relay.over()) {
            bytes.release();
        } else if (other != null) {
            pass(bytes, other);
        } else {
            // Reading was not asked for yet, but where a FIN came some transports read what stands before it.
            keep(bytes);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (other != null) {
            other.channel.flush();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (other != null && channel.isWritable()) {
            other.read();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE && !ended && !relay.over()) {
            ended = true;
            moved = true;
            if (other != null) {
                other.tellEnd();
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        relay.brokeOff(this);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        relay.brokeOff(this);
    }

    private void pass(ByteBuf bytes, TcpConnection to) {
        moved = true;
        relay.passing(this, bytes.readableBytes());
        heard = true;
        to.channel.write(bytes, to.channel.voidPromise());
        if (!to.channel.isWritable()) {
            to.channel.flush();
            if (!to.channel.isWritable()) {
                channel.config().setAutoRead(false);
            }
        }
    }

    private void read() {
        if (!ended) {
            channel.config().setAutoRead(true);
        }
    }

    /** Passes a FIN on, after what was written before. */
    private void tellEnd() {
        HalfClose.after(channel, channel, Unpooled.EMPTY_BUFFER).addListener(this::told);
    }

    private void told(Future<?> done) {
        if (done.isSuccess()) {
            toldEnd = true;
            relay.toldEnd();
        } else {
            relay.brokeOff(this);
        }
    }

    private void keep(ByteBuf bytes) {
        if (early == null) {
            early = new ArrayDeque<>(2);
        }
        early.add(bytes);
    }

    private void dropEarly() {
        if (early != null) {
            early.forEach(ByteBuf::release);
            early = null;
        }
    }
}
