package io.ratemesh.balancer.vertx;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.HttpServerImpl;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.VertxWrapper;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.impl.NetServerImpl;
import io.vertx.core.net.impl.NetServerInternal;
import io.vertx.core.spi.transport.Transport;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * HTTP servers of Vert.x that give each connection to an {@link EarlyAcceptor} first. Vert.x's own connection handler is called only
 * after the TLS handshake, or after the first frame of HTTP/2.
 */
public final class EarlyAcceptServers {

    private EarlyAcceptServers() {}

    /** A server that does not listen yet. Of servers that share a port, the acceptor of the first gets the connections of all. */
    public static HttpServer create(Vertx vertx, HttpServerOptions options, EarlyAcceptor acceptor) {
        return new HttpServerImpl(new AcceptingVertx((VertxInternal) vertx, acceptor), options);
    }

    /** The Vert.x that the server sees: its sockets are set up by another transport. */
    private static final class AcceptingVertx extends VertxWrapper {

        private final Transport transport;

        AcceptingVertx(VertxInternal vertx, EarlyAcceptor acceptor) {
            super(vertx);
            this.transport = transport(vertx.transport(), acceptor);
        }

        @Override
        public NetServerInternal createNetServer(NetServerOptions options) {
            return new NetServerImpl(this, options);
        }

        @Override
        public Transport transport() {
            return transport;
        }

        /** The real transport, except that the sockets it configures for a server hand their connections to the acceptor. */
        private static Transport transport(Transport real, EarlyAcceptor acceptor) {
            return (Transport) Proxy.newProxyInstance(
                    Transport.class.getClassLoader(), new Class<?>[] {Transport.class}, (self, method, arguments) -> {
                        try {
                            Object result = method.invoke(real, arguments);
                            if (method.getName().equals("configure")
                                    && arguments[arguments.length - 1] instanceof ServerBootstrap socket) {
                                ChannelHandler server = socket.config().childHandler();
                                socket.childHandler(new Accepted(acceptor, server));
                            }
                            return result;
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }
    }

    @ChannelHandler.Sharable
    private static final class Accepted extends ChannelInitializer<Channel> {

        private final EarlyAcceptor acceptor;
        private final ChannelHandler server;

        Accepted(EarlyAcceptor acceptor, ChannelHandler server) {
            this.acceptor = acceptor;
            this.server = server;
        }

        @Override
        protected void initChannel(Channel channel) {
            acceptor.accepted(channel, server);
        }
    }
}
