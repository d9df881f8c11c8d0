package io.ratemesh.balancer.upstream.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.vertx.LoopContext;
import io.ratemesh.balancer.vertx.TcpKeepAlive;
import io.ratemesh.balancer.vertx.VertxConnections;
import io.ratemesh.balancer.vertx.VertxTransport;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.SocketAddress;
import java.io.FileNotFoundException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Opens connections to upstreams on one event loop. What is opened has no handler yet. */
public final class UpstreamConnector {

    private static final ChannelHandler NO_HANDLERS = new ChannelInitializer<Channel>() {
        @Override
        protected void initChannel(Channel channel) {}
    };

    private final LoopContext context;
    private final NetClient client;

    /** For the event loop of a context. */
    public UpstreamConnector(LoopContext context) {
        this.context = context;
        this.client = context.vertx().createNetClient(new NetClientOptions().setTcpNoDelay(true));
    }

    /**
     * Opens a connection. Fails with {@link io.netty.channel.ConnectTimeoutException} where it is not accepted in time.
     *
     * @param address of the upstream; not used for a unix socket
     */
    public Future<Channel> connect(Upstream upstream, InetAddress address, Duration timeout) {
        return upstream.unixPath()
                .map(path -> connectUnix(path, timeout))
                .orElseGet(() -> connectTcp(new InetSocketAddress(address, upstream.port()), timeout));
    }

    /** Vert.x opens the connection, with its transport and its timeout; from then on its channel is read and written here. */
    private Future<Channel> connectTcp(InetSocketAddress address, Duration timeout) {
        ConnectOptions to = new ConnectOptions()
                .setRemoteAddress(SocketAddress.inetSocketAddress(address))
                .setTimeout((int) timeout.toMillis());
        return client.connect(to).map(socket -> {
            Channel channel = VertxConnections.takeChannel(socket);
            TcpKeepAlive.enable(channel);
            return channel;
        });
    }

    private Future<Channel> connectUnix(String path, Duration timeout) {
        VertxTransport transport = new VertxTransport(context.vertx());
        Promise<Channel> opened = context.promise();
        ChannelFuture connect = new Bootstrap()
                .group(context.eventLoop())
                .channelFactory(transport.unixChannels())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) timeout.toMillis())
                .handler(NO_HANDLERS)
                .connect(transport.unixAddress(path));
        connect.addListener(done -> {
            if (done.isSuccess()) {
                opened.complete(connect.channel());
            } else {
                opened.fail(
                        done.cause() instanceof FileNotFoundException
                                ? new FileNotFoundException(path + " does not exist")
                                : done.cause());
            }
        });
        return opened.future();
    }

    /** Opens no more connections. Those that are open stay. */
    public void close() {
        client.close();
    }
}
