package io.ratemesh.balancer.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import io.netty.channel.uring.IoUringSocketChannel;
import io.netty.channel.uring.IoUringTcpInfo;

/**
 * Resets connections, and asks the kernel whether the other side has ended one, where no event has told so.
 *
 * <p>A connection that is quiet may have been reset. With io_uring nobody else may tell: a reset that comes
 * together with octets wakes the reader once, for both; it reads the octets, learns from the kernel that nothing is left, and waits
 * for an event that has been. A reset that comes alone is noticed, so it is enough to ask once after the last octets.
 */
public final class ConnectionResets {

    /** Of {@code enum} in {@code netinet/tcp.h}. */
    private static final int TCP_ESTABLISHED = 1;

    /** What a connection that was reset is in at once. */
    private static final int TCP_CLOSE = 7;

    private final IoUringTcpInfo info = new IoUringTcpInfo();
    private final EpollTcpInfo epollInfo = new EpollTcpInfo();

    /**
     * Ends a connection at once, and so that the other side sees that it was cut off: what ends with its connection would look whole
     * behind a FIN (RFC 9112 §8) or a close_notify, which is left out, too. What is not sent yet is lost.
     */
    public static void reset(Channel channel) {
        try {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        } catch (ChannelException closed) {
            return;
        }
        channel.unsafe().close(channel.newPromise());
    }

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

    /** Whether no FIN and no reset has come; a system call. True where it cannot be told. */
    public boolean stands(Channel channel) {
        try {
            if (channel instanceof IoUringSocketChannel socket) {
                return socket.tcpInfo(info).state() == TCP_ESTABLISHED;
            }
            return !(channel instanceof EpollSocketChannel socket)
                    || socket.tcpInfo(epollInfo).state() == TCP_ESTABLISHED;
        } catch (ChannelException e) {
            return false;
        }
    }
}
