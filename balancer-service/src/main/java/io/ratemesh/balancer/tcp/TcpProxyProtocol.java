package io.ratemesh.balancer.tcp;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import io.ratemesh.balancer.listener.ProxyProtocolDecoder;
import io.ratemesh.balancer.listener.ProxyProtocolHeader;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Takes the header that a proxy sends before its client's octets from the {@link ProxyProtocolDecoder} before it, and makes
 * way for the client's {@link TcpConnection}. Nothing else is read before; what came with it in one piece is kept there.
 */
final class TcpProxyProtocol extends ChannelInboundHandlerAdapter {

    /** As over HTTP. */
    static final Duration PATIENCE = ProxyProtocolDecoder.TIME;

    private final TcpRelay relay;
    private final TcpSession visit;

    TcpProxyProtocol(TcpRelay relay, TcpSession visit) {
        this.relay = relay;
        this.visit = visit;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ProxyProtocolHeader header) || relay.over()) {
            ReferenceCountUtil.release(message);
            return;
        }
        InetSocketAddress source = header.source();
        if (source != null && !visit.introduce(source.getAddress())) {
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
    }
}
