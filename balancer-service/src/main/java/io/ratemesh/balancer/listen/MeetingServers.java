package io.ratemesh.balancer.listen;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import io.netty.util.ReferenceCountUtil;
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
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.HAProxyMessageCompletionHandler;
import io.vertx.core.net.impl.NetServerImpl;
import io.vertx.core.net.impl.NetServerInternal;
import io.vertx.core.spi.transport.Transport;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes servers that show a connection before Vert.x would. With TLS it would be after the handshake, and with HTTP/2 not before
 * the client's first frame: who sends none is nobody. Without TLS, HTTP/1 would be decoded before anybody is told.
 *
 * <p>All that leans on how Vert.x makes such servers is in this class. Should that change, connections are closed.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails here fails because the connection is closed already.
final class MeetingServers {

    private MeetingServers() {}

    /**
     * A server of HTTP/2 without TLS that does not listen yet.
     *
     * @param admits whether a new connection is let in; one that is not has been closed
     * @param begins stand before all that reads a connection, each to be put before the context it is given
     */
    static HttpServer clearText(
            Vertx vertx,
            HttpServerOptions options,
            Predicate<ConnectionBase> admits,
            Consumer<ChannelHandlerContext> begins) {
        return new HttpServerImpl(new MeetingVertx((VertxInternal) vertx, admits, begins), options);
    }

    /**
     * A server with TLS that does not listen yet.
     *
     * @param doors of all loops that listen at that port: one accepts for all
     * @param watch of the current event loop
     */
    static HttpServer encrypted(Vertx vertx, HttpServerOptions options, Doors doors, Watch watch) {
        VertxInternal real = (VertxInternal) vertx;
        doors.keep(real.getOrCreateContext().nettyEventLoop(), watch);
        return new HttpServerImpl(new AcceptingVertx(real, doors, options.isUseProxyProtocol()), options);
    }

    /** The Vert.x that a server sees: the sockets it listens with are others. */
    private static final class MeetingVertx extends VertxWrapper {

        private final Predicate<ConnectionBase> admits;
        private final Consumer<ChannelHandlerContext> begins;

        MeetingVertx(VertxInternal vertx, Predicate<ConnectionBase> admits, Consumer<ChannelHandlerContext> begins) {
            super(vertx);
            this.admits = admits;
            this.begins = begins;
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
            if (!admits.test(connection)) {
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
                begins.accept(chooser);
            }
        }
    }

    /** The Vert.x that a server sees: what it accepts is met before it makes anything of it. */
    private static final class AcceptingVertx extends VertxWrapper {

        private final Transport transport;

        AcceptingVertx(VertxInternal vertx, Doors doors, boolean proxied) {
            super(vertx);
            this.transport = transport(vertx.transport(), doors, proxied);
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
        private static Transport transport(Transport real, Doors doors, boolean proxied) {
            return (Transport) Proxy.newProxyInstance(
                    Transport.class.getClassLoader(), new Class<?>[] {Transport.class}, (self, method, arguments) -> {
                        try {
                            Object result = method.invoke(real, arguments);
                            if (method.getName().equals("configure")
                                    && arguments[arguments.length - 1] instanceof ServerBootstrap server) {
                                server.childHandler(new Accepted(
                                        doors, proxied, server.config().childHandler()));
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

        private final Doors doors;
        private final boolean proxied;
        private final ChannelHandler next;

        Accepted(Doors doors, boolean proxied, ChannelHandler next) {
            this.doors = doors;
            this.proxied = proxied;
            this.next = next;
        }

        @Override
        protected void initChannel(Channel channel) {
            Watch watch = doors.of(channel.eventLoop());
            if (watch == null) {
                channel.close();
            } else if (watch.accepts(channel, proxied)) {
                ChannelPipeline pipeline = channel.pipeline();
                pipeline.addLast(next);
                if (proxied) {
                    hearIntroduction(pipeline, watch);
                }
            }
        }

        private static void hearIntroduction(ChannelPipeline pipeline, Watch watch) {
            ChannelHandlerContext listener = pipeline.context(HAProxyMessageCompletionHandler.class);
            if (listener == null) {
                pipeline.close();
            } else {
                pipeline.addBefore(listener.name(), "introduced", new Introduced(watch));
            }
        }
    }

    /** Hears whose a connection is before Vert.x does, which then prepares the handshake. */
    private static final class Introduced extends ChannelInboundHandlerAdapter {

        private final Watch watch;
        private boolean refused;

        Introduced(Watch watch) {
            this.watch = watch;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof HAProxyMessage introduction) {
                refused = !watch.introduced(ctx.channel(), source(introduction));
            }
            if (refused) {
                ReferenceCountUtil.release(message);
            } else {
                ctx.fireChannelRead(message);
            }
        }

        private static @Nullable String source(HAProxyMessage introduction) {
            return introduction.proxiedProtocol() == HAProxyProxiedProtocol.UNKNOWN
                    ? null
                    : introduction.sourceAddress();
        }
    }
}
