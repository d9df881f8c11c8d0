package io.ratemesh.balancer.vertx;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;

/** Gets each connection as a server accepts it: before Vert.x reads from it, and before a TLS handshake. */
@FunctionalInterface
public interface EarlyAcceptor {

    /**
     * A connection has been accepted. Called on its event loop.
     *
     * @param server sets up Vert.x's part of the pipeline; to be added last, once, as soon as Vert.x may serve the connection
     */
    void accepted(Channel channel, ChannelHandler server);
}
