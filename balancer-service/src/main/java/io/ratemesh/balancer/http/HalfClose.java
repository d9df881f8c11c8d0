package io.ratemesh.balancer.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundInvoker;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;

/**
 * Tells the other side of a connection that nothing more comes, after all that was written before: the first stage of a close (RFC
 * 9112 §9.6), and what a FIN of the other connection becomes in TCP mode. It waits until the kernel has the last byte. Netty drops
 * what still waits in this process when a channel is shut down or closed; with io_uring, whose writes are under way for a while even
 * if the client takes all, that is the usual case, with other transports that of a slow client.
 */
public final class HalfClose {

    private HalfClose() {}

    /**
     * Writes the last bytes and ends what goes out: over TLS with close_notify (RFC 8446 §6.1), else with a FIN.
     *
     * @param out where in the channel's pipeline the last bytes go in
     * @param last may be empty
     * @return succeeds when the other side is told; fails where the connection broke before
     */
    @SuppressWarnings("FutureReturnValueIgnored") // All end in the one that is returned.
    public static ChannelFuture after(ChannelOutboundInvoker out, Channel channel, ByteBuf last) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        ChannelPromise told = channel.newPromise();
        if (tls == null && !last.isReadable() && !waiting(channel)) {
            shutDown(channel, told);
            return told;
        }
        out.writeAndFlush(last).addListener((ChannelFutureListener) written -> {
            if (!written.isSuccess()) {
                told.setFailure(written.cause());
            } else if (tls != null) {
                tls.closeOutbound(told);
            } else {
                shutDown(channel, told);
            }
        });
        return told;
    }

    private static boolean waiting(Channel channel) {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer != null && buffer.totalPendingWriteBytes() > 0;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // It is the promise.
    private static void shutDown(Channel channel, ChannelPromise told) {
        if (channel instanceof DuplexChannel duplex) {
            duplex.shutdownOutput(told);
        } else {
            channel.close(told);
        }
    }
}
