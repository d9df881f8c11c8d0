package io.ratemesh.balancer.listener;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.uring.IoUringChannelOption;
import java.util.List;

/**
 * Limits the bytes of a response that the kernel holds and has not sent yet. Linux lets a connection's send buffer grow to 4 MB even if
 * the client's window is small: a thousand such clients took 1 GB, and seconds of the event loop to fill it. Bytes in flight do not
 * count, so that a fast client far away stays as fast.
 */
final class UnsentBytesLimit {

    /** Twice what one read from an upstream usually returns, and enough for a TLS record. */
    static final long MAX_BYTES = 32 * 1024;

    private static final List<ChannelOption<Long>> OPTIONS =
            List.of(IoUringChannelOption.TCP_NOTSENT_LOWAT, EpollChannelOption.TCP_NOTSENT_LOWAT);

    private UnsentBytesLimit() {}

    /** Sets the limit where the transport supports it. Has no effect on a closed channel. */
    static void apply(Channel channel) {
        try {
            // A transport ignores an option that it does not know.
            OPTIONS.forEach(option -> channel.config().setOption(option, MAX_BYTES));
        } catch (ChannelException closed) {
            // There is nothing to limit.
        }
    }
}
