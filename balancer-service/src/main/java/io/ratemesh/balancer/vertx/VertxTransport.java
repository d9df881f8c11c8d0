package io.ratemesh.balancer.vertx;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.uring.IoUringDomainSocketChannel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.transports.IoUringTransport;
import io.vertx.core.internal.VertxInternal;
import java.net.InetAddress;
import java.net.SocketAddress;

/** The native transport that Vert.x has chosen (io_uring, epoll or NIO): its channels, and the loops that accept. */
public final class VertxTransport {

    private final VertxInternal vertx;

    public VertxTransport(Vertx vertx) {
        this.vertx = (VertxInternal) vertx;
    }

    public EventLoopGroup acceptors() {
        return vertx.acceptorEventLoopGroup();
    }

    public ChannelFactory<? extends ServerChannel> serverChannels() {
        return vertx.transport().serverChannelFactory(false);
    }

    public ChannelFactory<? extends Channel> channels() {
        return vertx.transport().channelFactory(false);
    }

    /** Channels of unix sockets. Vert.x has none for io_uring, while Netty does. */
    public ChannelFactory<? extends Channel> unixChannels() {
        return isIoUring() ? IoUringDomainSocketChannel::new : vertx.transport().channelFactory(true);
    }

    /** The address of a unix socket for these channels. */
    public SocketAddress unixAddress(String path) {
        return isIoUring()
                ? new DomainSocketAddress(path)
                : vertx.transport().convert(io.vertx.core.net.SocketAddress.domainSocketAddress(path));
    }

    private boolean isIoUring() {
        return vertx.transport() instanceof IoUringTransport;
    }

    public SocketChannel socketChannel() {
        return (SocketChannel) channels().newChannel();
    }

    public DatagramChannel datagramChannel() {
        return vertx.transport().datagramChannel();
    }

    /** Resolves a name as Vert.x's servers do for the address they bind. */
    public Future<InetAddress> resolve(String name) {
        return vertx.nameResolver().resolve(name);
    }
}
