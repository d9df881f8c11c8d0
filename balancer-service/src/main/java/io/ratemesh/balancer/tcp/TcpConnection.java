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
import io.ratemesh.balancer.vertx.HalfClosedChannels;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One of the two connections of a {@link TcpRelay}. What it reads is written to the other one. While that takes no more, nothing is
 * read here, so that at most {@link #BUFFER} and the bytes of one read are buffered.
 */
@SuppressWarnings(
        "FutureReturnValueIgnored") // A call fails only where the connection is closed, which channelInactive reports.
final class TcpConnection extends ChannelInboundHandlerAdapter {

    /** Of bytes to be written: reading for them stops above the higher mark and continues below the lower one. */
    static final WriteBufferWaterMark BUFFER = new WriteBufferWaterMark(32 * 1024, 64 * 1024);

    private final TcpRelay relay;
    private final Channel channel;
    private @Nullable TcpConnection other;
    private @Nullable Deque<ByteBuf> receivedEarly;
    private boolean inputEnded;
    private boolean finSent;
    private boolean sent;
    private boolean moved;
    private long pendingBefore;

    /** Whether a byte was received or sent before the last sweep and after the one before it. */
    private boolean active;

    /** Consecutive sweeps that found it inactive. */
    private int quietSweeps;

    TcpConnection(TcpRelay relay, Channel channel) {
        this.relay = relay;
        this.channel = channel;
    }

    Channel channel() {
        return channel;
    }

    /** Whether the other connection's FIN was passed on to it, after all bytes before it. */
    boolean isFinSent() {
        return finSent;
    }

    /** Whether its peer has sent a FIN. */
    boolean isInputEnded() {
        return inputEnded;
    }

    /** Whether a byte from it was relayed. */
    boolean hasSent() {
        return sent;
    }

    /** From now on its bytes are relayed to the other connection. */
    void join(TcpConnection with) {
        other = with;
        if (receivedEarly != null) {
            receivedEarly.forEach(bytes -> relay(bytes, with));
            receivedEarly = null;
            with.channel.flush();
        }
        if (inputEnded) {
            with.sendFin();
        } else if (with.channel.isWritable()) {
            resumeReading();
        }
    }

    /** Updates {@link #isActive()}; to be called regularly. */
    void sweep() {
        long pending = pending();
        active = moved || pending != pendingBefore;
        moved = false;
        pendingBefore = pending;
        quietSweeps = active ? 0 : quietSweeps + 1;
    }

    boolean isActive() {
        return active;
    }

    /** Whether it was reset without an event; the kernel is asked once after it has become quiet. */
    boolean isReset(ConnectionResets resets) {
        return quietSweeps == 1 && resets.wasReset(channel);
    }

    /** Bytes that are not written yet. */
    long pending() {
        ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
        return out == null ? 0 : out.totalPendingWriteBytes();
    }

    /** Closes it with a FIN if all bytes are written, else with a RST. */
    void closeOrReset() {
        if (pending() > 0) {
            reset();
        } else {
            close();
        }
    }

    /** Closes it with a FIN. */
    void close() {
        discardEarly();
        channel.close();
    }

    /** Closes it with a RST, so that its peer does not take this for a regular end. After a FIN its last bytes must not be lost: no RST. */
    void reset() {
        if (channel.isOpen() && !finSent) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        close();
    }

    /** A client that starts with a header of the PROXY protocol becomes active before it has this handler. */
    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (this == relay.client()) {
            relay.clientReady();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (relay.isEnded()) {
            bytes.release();
        } else if (other != null) {
            relay(bytes, other);
        } else {
            // Reading has not started, but at a FIN some transports read what precedes it.
            keepEarly(bytes);
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
            other.resumeReading();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE && !inputEnded && !relay.isEnded()) {
            inputEnded = true;
            HalfClosedChannels.inputEnded(channel);
            moved = true;
            if (other != null) {
                other.sendFin();
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        relay.connectionLost(this);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        relay.connectionLost(this);
    }

    private void relay(ByteBuf bytes, TcpConnection to) {
        moved = true;
        relay.relaying(this, bytes.readableBytes());
        sent = true;
        to.channel.write(bytes, to.channel.voidPromise());
        if (!to.channel.isWritable()) {
            to.channel.flush();
            if (!to.channel.isWritable()) {
                channel.config().setAutoRead(false);
            }
        }
    }

    private void resumeReading() {
        if (!inputEnded) {
            channel.config().setAutoRead(true);
        }
    }

    /** Passes a FIN on, after what was written before. The second one of a relay is sent by closing: that is a system call less. */
    private void sendFin() {
        if (inputEnded && other != null && other.finSent && pending() == 0) {
            finSent = true;
            relay.finSent();
            return;
        }
        HalfClose.after(channel, channel, Unpooled.EMPTY_BUFFER).addListener(this::finSent);
    }

    private void finSent(Future<?> done) {
        if (done.isSuccess()) {
            finSent = true;
            relay.finSent();
        } else {
            relay.connectionLost(this);
        }
    }

    private void keepEarly(ByteBuf bytes) {
        if (receivedEarly == null) {
            receivedEarly = new ArrayDeque<>(2);
        }
        receivedEarly.add(bytes);
    }

    private void discardEarly() {
        if (receivedEarly != null) {
            receivedEarly.forEach(ByteBuf::release);
            receivedEarly = null;
        }
    }
}
