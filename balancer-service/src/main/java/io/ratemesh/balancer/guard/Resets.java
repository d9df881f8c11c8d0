package io.ratemesh.balancer.guard;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.uring.IoUringSocketChannel;
import io.netty.channel.uring.IoUringTcpInfo;

/**
 * Tells whether the other side has reset a connection that is quiet. With io_uring nobody else may tell: a reset that comes
 * together with octets wakes the reader once, for both; it reads the octets, learns from the kernel that nothing is left, and waits
 * for an event that has been. A reset that comes alone is noticed, so it is enough to ask once after the last octets.
 */
public final class Resets {

    /** Of {@code enum} in {@code netinet/tcp.h}: what a connection that was reset is in at once. */
    private static final int TCP_CLOSE = 7;

    private final IoUringTcpInfo info = new IoUringTcpInfo();

    /** A system call; false where it cannot be told, or other transports tell it by themselves. */
    public boolean cameOn(Channel channel) {
        try {
            return channel.isActive()
                    && channel instanceof IoUringSocketChannel socket
                    && socket.tcpInfo(info).state() == TCP_CLOSE;
        } catch (ChannelException e) {
            return false;
        }
    }
}
