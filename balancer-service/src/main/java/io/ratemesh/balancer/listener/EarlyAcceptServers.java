package io.ratemesh.balancer.listener;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.ratemesh.node.address.IpAddresses;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.Http1xOrH2CHandler;
import io.vertx.core.http.impl.HttpServerImpl;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.VertxWrapper;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.HAProxyMessageCompletionHandler;
import io.vertx.core.net.impl.NetServerImpl;
import io.vertx.core.net.impl.NetServerInternal;
import io.vertx.core.spi.transport.Transport;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes servers that show a connection before Vert.x would. With TLS it would be after the handshake, and with HTTP/2 not before
 * the client's first frame: who sends none is nobody. Without TLS, HTTP/1 would be decoded before anybody is told.
 *
 * <p>All that leans on how Vert.x makes such servers is in this class. Should that change, connections are closed.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails here fails because the connection is closed already.
final class EarlyAcceptServers {

    private EarlyAcceptServers() {}

    /**
     * A server of HTTP/1 without TLS that does not listen yet.
     *
     * @param doors of all loops that listen at that port: one accepts for all
     * @param watch of the current event loop
     */
    static HttpServer plain(
            Vertx vertx, HttpServerOptions options, ListenerRegistry doors, ConnectionInitializer watch) {
        return new HttpServerImpl(introduced((VertxInternal) vertx, options, doors, watch), options);
    }

    /** A server of HTTP/2 without TLS that does not listen yet; as of HTTP/1. */
    static HttpServer clearText(
            Vertx vertx, HttpServerOptions options, ListenerRegistry doors, ConnectionInitializer watch) {
        VertxInternal real = introduced((VertxInternal) vertx, options, doors, watch);
        return new HttpServerImpl(new MeetingVertx(real, watch, options.isUseProxyProtocol()), options);
    }

    /** A server with TLS that does not listen yet; as of HTTP/1. */
    static HttpServer encrypted(
            Vertx vertx, HttpServerOptions options, ListenerRegistry doors, ConnectionInitializer watch) {
        VertxInternal real = (VertxInternal) vertx;
        doors.keep(real.getOrCreateContext().nettyEventLoop(), watch);
        boolean proxied = options.isUseProxyProtocol();
        return new HttpServerImpl(new AcceptingVertx(real, next -> new Accepted(doors, proxied, next)), options);
    }

    /** The Vert.x for a server whose connections begin with the PROXY protocol, or the real one where they do not. */
    private static VertxInternal introduced(
            VertxInternal real, HttpServerOptions options, ListenerRegistry doors, ConnectionInitializer watch) {
        if (!options.isUseProxyProtocol()) {
            return real;
        }
        doors.keep(real.getOrCreateContext().nettyEventLoop(), watch);
        return new AcceptingVertx(real, next -> new BehindHeader(doors, next));
    }

    /** The Vert.x that a server sees: the sockets it listens with are others. */
    private static final class MeetingVertx extends VertxWrapper {

        private final ConnectionInitializer watch;
        private final boolean proxied;

        MeetingVertx(VertxInternal vertx, ConnectionInitializer watch, boolean proxied) {
            super(vertx);
            this.watch = watch;
            this.proxied = proxied;
        }

        @Override
        public NetServerInternal createNetServer(NetServerOptions options) {
            return new NetServerImpl(delegate, options) {

                @Override
                public NetServerInternal connectHandler(Handler<NetSocket> handler) {
                    return super.connectHandler(socket -> meet((ConnectionBase) socket, () -> handler.handle(socket)));
                }
            };
        }

        private void meet(ConnectionBase connection, Runnable configure) {
            if (!watch.admits(connection, proxied)) {
                return;
            }
            // Who came through a proxy is told once only, and the connection of HTTP/2 is another that asks again.
            connection.channel().attr(ConnectionBase.REMOTE_ADDRESS_OVERRIDE).set(connection.remoteAddress());
            configure.run();
            ChannelPipeline pipeline = connection.channel().pipeline();
            ChannelHandlerContext chooser = pipeline.context(Http1xOrH2CHandler.class);
            if (chooser == null) {
                pipeline.close();
            } else {
                watch.expectPreface(chooser);
            }
        }
    }

    /** The Vert.x that a server sees: what it accepts is met before it makes anything of it. */
    private static final class AcceptingVertx extends VertxWrapper {

        private final Transport transport;

        AcceptingVertx(VertxInternal vertx, UnaryOperator<ChannelHandler> before) {
            super(vertx);
            this.transport = transport(vertx.transport(), before);
        }

        @Override
        public NetServerInternal createNetServer(NetServerOptions options) {
            return new NetServerImpl(this, options);
        }

        @Override
        public Transport transport() {
            return transport;
        }

        /** The real one, but a server that is set up has one before what it does with each connection. */
        private static Transport transport(Transport real, UnaryOperator<ChannelHandler> before) {
            return (Transport) Proxy.newProxyInstance(
                    Transport.class.getClassLoader(), new Class<?>[] {Transport.class}, (self, method, arguments) -> {
                        try {
                            Object result = method.invoke(real, arguments);
                            if (method.getName().equals("configure")
                                    && arguments[arguments.length - 1] instanceof ServerBootstrap server) {
                                server.childHandler(before.apply(server.config().childHandler()));
                            }
                            return result;
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }
    }

    /** Shows each connection as it is accepted, to whom it concerns on its event loop. */
    @ChannelHandler.Sharable
    private static final class Accepted extends ChannelInitializer<Channel> {

        private final ListenerRegistry doors;
        private final boolean proxied;
        private final ChannelHandler next;

        Accepted(ListenerRegistry doors, boolean proxied, ChannelHandler next) {
            this.doors = doors;
            this.proxied = proxied;
            this.next = next;
        }

        @Override
        protected void initChannel(Channel channel) {
            ConnectionInitializer watch = doors.of(channel.eventLoop());
            if (watch == null) {
                channel.close();
            } else if (watch.accepts(channel, proxied)) {
                ChannelPipeline pipeline = channel.pipeline();
                pipeline.addLast(next);
                if (proxied) {
                    readHeader(pipeline, new Introduced(watch, true));
                }
            }
        }
    }

    /** Has the PROXY protocol read before each connection of a server without TLS. */
    @ChannelHandler.Sharable
    private static final class BehindHeader extends ChannelInitializer<Channel> {

        private final ListenerRegistry doors;
        private final ChannelHandler next;

        BehindHeader(ListenerRegistry doors, ChannelHandler next) {
            this.doors = doors;
            this.next = next;
        }

        @Override
        protected void initChannel(Channel channel) {
            ConnectionInitializer watch = doors.of(channel.eventLoop());
            if (watch == null) {
                channel.close();
            } else {
                channel.pipeline().addLast(next);
                readHeader(channel.pipeline(), new Introduced(watch, false));
            }
        }
    }

    /** Puts this project's decoder in the place of Vert.x's, which gives up on some headers without an end. */
    private static void readHeader(ChannelPipeline pipeline, Introduced introduced) {
        ChannelHandlerContext listener = pipeline.context(HAProxyMessageCompletionHandler.class);
        if (listener == null || pipeline.get(HAProxyMessageDecoder.class) == null) {
            pipeline.close();
        } else {
            pipeline.replace(HAProxyMessageDecoder.class, "proxyProtocol", new ProxyProtocolDecoder());
            pipeline.addBefore(listener.name(), "introduced", introduced);
        }
    }

    /**
     * Hears whose a connection is before Vert.x does, which goes on with it as if there had been nothing to say: the addresses are
     * where it looks for them already.
     */
    private static final class Introduced extends ChannelInboundHandlerAdapter {

        private final ConnectionInitializer watch;
        private final boolean accepted;
        private boolean refused;

        /**
         * Of one connection.
         *
         * @param accepted whether it was let in as nobody's; else it comes in once it has begun
         */
        Introduced(ConnectionInitializer watch, boolean accepted) {
            this.watch = watch;
            this.accepted = accepted;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (refused || !(message instanceof ProxyProtocolHeader header)) {
                ReferenceCountUtil.release(message);
                return;
            }
            InetSocketAddress source = header.source();
            refused = accepted && !watch.introduced(ctx.channel(), source == null ? null : source.getAddress());
            if (!refused) {
                is(ctx.channel(), ConnectionBase.REMOTE_ADDRESS_OVERRIDE, source);
                is(ctx.channel(), ConnectionBase.LOCAL_ADDRESS_OVERRIDE, header.destination());
                ctx.fireChannelRead(new HAProxyMessage(
                        HAProxyProtocolVersion.V2,
                        HAProxyCommand.LOCAL,
                        HAProxyProxiedProtocol.UNKNOWN,
                        null,
                        null,
                        0,
                        0));
                ctx.pipeline().remove(this);
            }
        }

        private static void is(Channel channel, AttributeKey<SocketAddress> key, @Nullable InetSocketAddress address) {
            if (address != null) {
                String written = IpAddresses.text(address.getAddress());
                channel.attr(key).set(SocketAddress.inetSocketAddress(address.getPort(), written));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            refused = true;
            if (cause instanceof ProxyProtocolHeader.InvalidException) {
                watch.arrivals().connectionRefused();
            }
            ctx.close();
        }
    }
}
