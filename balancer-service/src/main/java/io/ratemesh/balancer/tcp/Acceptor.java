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

/** Distributes accepted connections to the event loops in turn. The kernel might give a few long connections all to one loop. */
final class Acceptor extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);

    private final Supplier<TcpSettings> settings;
    private final TcpAdmission admission;
    private final List<TcpProxy> proxies;
    private int next;

    Acceptor(Supplier<TcpSettings> settings, TcpAdmission admission, List<TcpProxy> proxies) {
        this.settings = settings;
        this.admission = admission;
        this.proxies = proxies;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
        Channel channel = (Channel) accepted;
        InetAddress peer = channel.remoteAddress() instanceof InetSocketAddress address
                ? IpAddresses.unmapped(address.getAddress())
                : InetAddress.getLoopbackAddress();
        TcpSession session = admission.admit(peer, settings.get().proxyProtocol());
        if (session == null) {
            refuse(channel);
            return;
        }
        TcpProxy proxy = proxies.get(next);
        next = (next + 1) % proxies.size();
        proxy.accept(channel, session);
    }

    /** Resets the connection before it is registered with an event loop, which costs least and leaves no state in the kernel. */
    private static void refuse(Channel channel) {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.unsafe().closeForcibly();
    }

    /** Such as too many open files. Accepting pauses, because it would fail again at once. */
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
