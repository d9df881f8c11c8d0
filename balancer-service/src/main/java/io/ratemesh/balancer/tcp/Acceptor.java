package io.ratemesh.balancer.tcp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands the connections of a listening socket to the loops in turn. Left to the kernel, a few long ones may all be one loop's. */
final class Acceptor extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);

    private final String name;
    private final List<TcpProxy> proxies;
    private int next;

    Acceptor(String name, List<TcpProxy> proxies) {
        this.name = name;
        this.proxies = proxies;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
        TcpProxy proxy = proxies.get(next);
        next = (next + 1) % proxies.size();
        proxy.accept((Channel) accepted);
    }

    /** As when there are too many open files: asked again at once the system would say the same, over and over. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.warn("{} does not accept connections for a second: {}", name, cause.toString());
        Channel listening = context.channel();
        listening.config().setAutoRead(false);
        ScheduledFuture<?> unused =
                listening.eventLoop().schedule(() -> listening.config().setAutoRead(true), 1, TimeUnit.SECONDS);
    }
}
