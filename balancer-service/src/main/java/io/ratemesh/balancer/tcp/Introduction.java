package io.ratemesh.balancer.tcp;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol.AddressFamily;
import io.netty.util.NetUtil;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes the head that a proxy sends before its client's octets (HAProxy's doc/proxy-protocol.txt) from the decoder before it, and
 * makes way for the client's {@link Side}. Nothing else is read before; what came with it in one piece is kept there.
 */
final class Introduction extends ChannelInboundHandlerAdapter {

    /** As over HTTP. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Relay relay;
    private final Visit visit;
    private @Nullable ScheduledFuture<?> deadline;

    Introduction(Relay relay, Visit visit) {
        this.relay = relay;
        this.visit = visit;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        deadline = context.executor().schedule(relay::unintroduced, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        context.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof HAProxyMessage head) || relay.over()) {
            ReferenceCountUtil.release(message);
            return;
        }
        InetAddress source;
        try {
            source = source(head);
        } finally {
            head.release();
        }
        if (source != null && !visit.introduce(source)) {
            relay.oneTooMany();
            return;
        }
        context.pipeline().replace(this, null, relay.client());
        relay.opened(relay.client());
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            relay.unintroduced();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        relay.unintroduced();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        relay.unintroduced();
        handlerRemoved(context);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    /** Who the client is; null where the proxy speaks for itself, as its health check does, or does not know. */
    private static @Nullable InetAddress source(HAProxyMessage head) {
        AddressFamily family = head.proxiedProtocol().addressFamily();
        if (head.command() != HAProxyCommand.PROXY
                || (family != AddressFamily.AF_IPv4 && family != AddressFamily.AF_IPv6)) {
            return null;
        }
        try {
            return InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString(head.sourceAddress()));
        } catch (UnknownHostException e) {
            // The decoder refuses what is no address.
            throw new IllegalArgumentException(head.sourceAddress(), e);
        }
    }
}
