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
 * Ends the outbound side of a connection after all that was written before: the first stage of a close (RFC 9112 §9.6), and how TCP mode
 * passes on a FIN. It waits until the kernel has the last byte, because Netty drops pending writes when a channel is shut down or closed.
 * With io_uring, whose writes take a while, there nearly always are some; with other transports only for slow clients.
 */
public final class HalfClose {

    private HalfClose() {}

    /**
     * Writes the last bytes and ends the outbound side: over TLS with close_notify (RFC 8446 §6.1), else with a FIN.
     *
     * @param out where in the channel's pipeline the last bytes are written
     * @param last may be empty
     * @return succeeds when the end is sent; fails if the connection breaks before
     */
    @SuppressWarnings("FutureReturnValueIgnored") // All end in the one that is returned.
    public static ChannelFuture after(ChannelOutboundInvoker out, Channel channel, ByteBuf last) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        ChannelPromise ended = channel.newPromise();
        if (tls == null && !last.isReadable() && !hasPendingWrites(channel)) {
            shutDown(channel, ended);
            return ended;
        }
        out.writeAndFlush(last).addListener((ChannelFutureListener) written -> {
            if (!written.isSuccess()) {
                ended.setFailure(written.cause());
            } else if (tls != null) {
                tls.closeOutbound(ended);
            } else {
                shutDown(channel, ended);
            }
        });
        return ended;
    }

    private static boolean hasPendingWrites(Channel channel) {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer != null && buffer.totalPendingWriteBytes() > 0;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // It is the promise.
    private static void shutDown(Channel channel, ChannelPromise ended) {
        if (channel instanceof DuplexChannel duplex) {
            duplex.shutdownOutput(ended);
        } else {
            channel.close(ended);
        }
    }
}
