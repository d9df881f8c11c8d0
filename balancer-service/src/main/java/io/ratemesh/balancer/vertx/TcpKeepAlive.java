package io.ratemesh.balancer.vertx;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.uring.IoUringChannelOption;
import java.util.List;
import jdk.net.ExtendedSocketOptions;

/**
 * TCP keep-alive. The kernel notices a peer whose machine or network is gone, on a connection that only receives too: a stream from it
 * would otherwise stay silent for ever, and its reader would not connect again.
 */
public final class TcpKeepAlive {

    /** A silent connection is probed after this time. */
    static final int IDLE_SECONDS = 5;

    static final int INTERVAL_SECONDS = 2;

    /** After so many probes without a response the connection has failed. */
    static final int PROBES = 3;

    /** Each transport knows its own options, and ignores the others. */
    private static final List<ChannelOption<Integer>> IDLE = List.of(
            IoUringChannelOption.TCP_KEEPIDLE,
            EpollChannelOption.TCP_KEEPIDLE,
            NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE));

    private static final List<ChannelOption<Integer>> INTERVAL = List.of(
            IoUringChannelOption.TCP_KEEPINTVL,
            EpollChannelOption.TCP_KEEPINTVL,
            NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL));

    private static final List<ChannelOption<Integer>> COUNT = List.of(
            IoUringChannelOption.TCP_KEEPCNT,
            EpollChannelOption.TCP_KEEPCNT,
            NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT));

    private TcpKeepAlive() {}

    /** Lets a connection fail {@value #IDLE_SECONDS} + {@value #PROBES} × {@value #INTERVAL_SECONDS} s after its peer is gone. */
    public static void enable(Channel channel) {
        channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
        set(channel, IDLE, IDLE_SECONDS);
        set(channel, INTERVAL, INTERVAL_SECONDS);
        set(channel, COUNT, PROBES);
    }

    private static void set(Channel channel, List<ChannelOption<Integer>> options, int value) {
        for (ChannelOption<Integer> option : options) {
            if (channel.config().setOption(option, value)) {
                return;
            }
        }
    }
}
