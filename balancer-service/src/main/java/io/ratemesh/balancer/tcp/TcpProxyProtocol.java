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
 * Handles the header of the PROXY protocol that the {@link ProxyProtocolDecoder} before it reads, and is then replaced by the client's
 * {@link TcpConnection}, which gets the bytes after the header.
 */
final class TcpProxyProtocol extends ChannelInboundHandlerAdapter {

    /** The same as over HTTP. */
    static final Duration TIMEOUT = ProxyProtocolDecoder.TIMEOUT;

    private final TcpRelay relay;
    private final TcpSession session;

    TcpProxyProtocol(TcpRelay relay, TcpSession session) {
        this.relay = relay;
        this.session = session;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ProxyProtocolHeader header) || relay.isEnded()) {
            ReferenceCountUtil.release(message);
            return;
        }
        InetSocketAddress source = header.source();
        if (source != null && !session.identify(source, header.destination())) {
            relay.clientLimitExceeded();
            return;
        }
        context.pipeline().replace(this, null, relay.client());
        relay.clientReady();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            relay.proxyHeaderInvalid();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        relay.proxyHeaderInvalid();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        relay.proxyHeaderInvalid();
    }
}
