package io.ratemesh.balancer.listener;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/** Gets the header that a {@link ProxyProtocolDecoder} reads from one connection, and removes itself; Vert.x serves the rest. */
final class ProxyHeaderHandler extends ChannelInboundHandlerAdapter {

    private final ConnectionInitializer initializer;
    private final ChannelHandler server;
    private boolean refused;

    ProxyHeaderHandler(ConnectionInitializer initializer, ChannelHandler server) {
        this.initializer = initializer;
        this.server = server;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (refused || !(message instanceof ProxyProtocolHeader header)) {
            ReferenceCountUtil.release(message);
        } else if (initializer.headerRead(ctx.channel(), header, server)) {
            ctx.pipeline().remove(this);
        } else {
            refused = true;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        refused = true;
        initializer.headerFailed(ctx.channel(), cause);
    }
}
