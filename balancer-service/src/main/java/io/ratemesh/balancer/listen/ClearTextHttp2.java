package io.ratemesh.balancer.listen;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
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
import io.vertx.core.net.impl.NetServerImpl;
import io.vertx.core.net.impl.NetServerInternal;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Makes servers of HTTP/2 without TLS. Vert.x's decides by the first octets between HTTP/1 and HTTP/2 and says so afterwards,
 * when an HTTP/1 decoder has read them; so what it listens with is one that meets each connection before.
 *
 * <p>All that leans on how Vert.x makes such servers is in this class. Should that change, connections are closed.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails here fails because the connection is closed already.
final class ClearTextHttp2 {

    private ClearTextHttp2() {}

    /**
     * A server that does not listen yet.
     *
     * @param admits whether a new connection is let in; one that is not has been closed
     * @param preface makes what stands before all that reads a connection
     */
    static HttpServer server(
            Vertx vertx,
            HttpServerOptions options,
            Predicate<ConnectionBase> admits,
            Supplier<ChannelHandler> preface) {
        return new HttpServerImpl(new MeetingVertx((VertxInternal) vertx, admits, preface), options);
    }

    /** The Vert.x that a server sees: the sockets it listens with are others. */
    private static final class MeetingVertx extends VertxWrapper {

        private final Predicate<ConnectionBase> admits;
        private final Supplier<ChannelHandler> preface;

        MeetingVertx(VertxInternal vertx, Predicate<ConnectionBase> admits, Supplier<ChannelHandler> preface) {
            super(vertx);
            this.admits = admits;
            this.preface = preface;
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
                pipeline.addBefore(chooser.name(), "preface", preface.get());
            }
        }
    }
}
