package io.ratemesh.balancer.listener;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.uring.IoUringChannelOption;
import java.util.List;

/**
 * Keeps the kernel from taking more of an answer than its client is about to read. Linux lets the buffer of a connection grow to 4 MB,
 * of which one with a small window reads nothing: a thousand such clients were 1 GB, and seconds of the event loop to fill it. What is
 * under way to the client does not count, so that a fast one far away is as fast as before.
 */
final class UnsentBytesLimit {

    /** Twice what one look at an upstream's connection usually brings, and what TLS needs for a record. */
    static final long MOST = 32 * 1024;

    private static final List<ChannelOption<Long>> OPTIONS =
            List.of(IoUringChannelOption.TCP_NOTSENT_LOWAT, EpollChannelOption.TCP_NOTSENT_LOWAT);

    private UnsentBytesLimit() {}

    /** Bounds them, where the system can. One that is closed already is left as it is. */
    static void bound(Channel channel) {
        try {
            // A transport passes over what it does not know.
            OPTIONS.forEach(option -> channel.config().setOption(option, MOST));
        } catch (ChannelException closed) {
            // There is nothing to bound.
        }
    }
}
