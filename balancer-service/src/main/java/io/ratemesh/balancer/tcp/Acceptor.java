package io.ratemesh.balancer.tcp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.ratemesh.node.address.IpAddresses;
import io.ratemesh.node.settings.TcpSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands the connections of a listening socket to the loops in turn. Left to the kernel, a few long ones may all be one loop's. */
final class Acceptor extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);

    private final Supplier<TcpSettings> settings;
    private final TcpAdmission gate;
    private final List<TcpProxy> proxies;
    private int next;

    Acceptor(Supplier<TcpSettings> settings, TcpAdmission gate, List<TcpProxy> proxies) {
        this.settings = settings;
        this.gate = gate;
        this.proxies = proxies;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
        Channel channel = (Channel) accepted;
        InetAddress from = channel.remoteAddress() instanceof InetSocketAddress peer
                ? IpAddresses.unmapped(peer.getAddress())
                : InetAddress.getLoopbackAddress();
        TcpSession visit = gate.enter(from, settings.get().proxyProtocol());
        if (visit == null) {
            turnAway(channel);
            return;
        }
        TcpProxy proxy = proxies.get(next);
        next = (next + 1) % proxies.size();
        proxy.accept(channel, visit);
    }

    /** At the least cost: no event loop ever hears of it, and a RST leaves nothing behind. */
    private static void turnAway(Channel channel) {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.unsafe().closeForcibly();
    }

    /** As when there are too many open files: asked again at once the system would say the same, over and over. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.warn(
                "{} does not accept connections for a second: {}",
                settings.get().name(),
                cause.toString());
        Channel listening = context.channel();
        listening.config().setAutoRead(false);
        ScheduledFuture<?> unused =
                listening.eventLoop().schedule(() -> listening.config().setAutoRead(true), 1, TimeUnit.SECONDS);
    }
}
