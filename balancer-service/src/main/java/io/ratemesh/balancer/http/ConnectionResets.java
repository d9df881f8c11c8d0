package io.ratemesh.balancer.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.uring.IoUringSocketChannel;
import io.netty.channel.uring.IoUringTcpInfo;

/**
 * Resets connections, and reads from the kernel whether the other side has closed or reset one.
 *
 * <p>With io_uring a reset can remain unnoticed: if it arrives together with bytes, there is one event for both. Netty reads the bytes,
 * finds nothing more, and then waits for an event that has passed. A reset that arrives alone is noticed, so one check after the last
 * bytes is enough.
 */
public final class ConnectionResets {

    /** A connection that is open in both directions; from {@code netinet/tcp.h}. */
    private static final int TCP_ESTABLISHED = 1;

    /** The error of a socket, such as a reset, that nobody has read yet; from {@code asm-generic/socket.h}. Zero is none. */
    private static final ChannelOption<Integer> SO_ERROR = new IntegerUnixChannelOption("SO_ERROR", 1, 4);

    private final IoUringTcpInfo info = new IoUringTcpInfo();
    private final EpollTcpInfo epollInfo = new EpollTcpInfo();

    /**
     * Resets a connection. A response whose end is the end of the connection would look complete after a FIN (RFC 9112 §8) or a
     * close_notify, so neither is sent. Bytes that are not sent yet are lost.
     */
    public static void reset(Channel channel) {
        try {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        } catch (ChannelException closed) {
            return;
        }
        channel.unsafe().close(channel.newPromise());
    }

    /**
     * Whether a connection was reset; a system call. False where that is unknown, and with transports that notice it themselves. The
     * TCP state does not tell: it is the same after the FINs of both sides, even while bytes wait to be read.
     */
    public boolean wasReset(Channel channel) {
        try {
            return channel.isActive()
                    && channel instanceof IoUringSocketChannel socket
                    && socket.config().getOption(SO_ERROR) != 0;
        } catch (ChannelException e) {
            return false;
        }
    }

    /** Whether neither a FIN nor a reset has arrived; a system call. True where that is unknown. */
    public boolean isEstablished(Channel channel) {
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
