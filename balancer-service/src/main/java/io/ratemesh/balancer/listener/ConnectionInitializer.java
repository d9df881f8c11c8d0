package io.ratemesh.balancer.listener;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.ratemesh.balancer.http.Timeouts;
import io.ratemesh.balancer.http1.RequestGuard;
import io.ratemesh.balancer.http2.Http2Guard;
import io.ratemesh.node.settings.LimitSettings;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Those who stand at one of the front door's ports, on one event loop: who lets in, who guards and who counts. */
final class ConnectionInitializer {

    private final ListenerContext entrance;
    private final ListenerPorts.Way way;
    private final RequestGuard guard;
    private final Http2Guard guardOfStreams;
    private Timeouts patience;

    ConnectionInitializer(Vertx vertx, ListenerContext entrance, ListenerPorts.Way way) {
        LimitSettings limits = entrance.settings().limits();
        this.entrance = entrance;
        this.way = way;
        this.patience = Timeouts.of(limits);
        this.guard = new RequestGuard(vertx, patience, way.arrivals());
        this.guardOfStreams = new Http2Guard(vertx, limits, way.arrivals());
    }

    /** Holds clients to other limits from now on, also those that are here. */
    void use(LimitSettings limits) {
        patience = Timeouts.of(limits);
        guard.use(patience);
        guardOfStreams.use(limits);
    }

    /** A connection has come. One that is not let in is closed. */
    void meet(HttpConnection connection, boolean proxied) {
        if (admits((ConnectionBase) connection, proxied)) {
            guard(connection);
        }
    }

    /** Whether a connection may come in; one that may not is closed. */
    boolean admits(ConnectionBase connection, boolean proxied) {
        boolean admitted = entrance.admission().admit(connection, proxied);
        if (admitted) {
            UnsentBytesLimit.bound(connection.channel());
        } else {
            way.arrivals().connectionRefused();
        }
        return admitted;
    }

    /** Whether a connection that was accepted just now may come in; one that may not is closed. */
    boolean accepts(Channel channel, boolean proxied) {
        boolean accepted = entrance.admission().accept(channel, proxied);
        if (accepted) {
            UnsentBytesLimit.bound(channel);
            channel.pipeline().addLast("newcomer", newcomer());
        } else {
            way.arrivals().connectionRefused();
        }
        return accepted;
    }

    /**
     * Whether one that was accepted may stay now that it is known whose it is; one that may not is closed.
     *
     * @param source its client's address; null where it is the other side itself
     */
    boolean introduced(Channel channel, @Nullable InetAddress source) {
        boolean admitted = entrance.admission().introduced(channel, source);
        if (!admitted) {
            way.arrivals().connectionRefused();
        }
        return admitted;
    }

    /** What was let in as a newcomer begins. What was not, is closed. */
    void begins(HttpConnection connection) {
        HandshakeTimeout newcomer = HandshakeTimeout.begins(connection);
        if (newcomer == null) {
            connection.close();
        } else {
            FirstRequestTimeout.watch(connection, newcomer.left(), way.arrivals(), () -> guard(connection));
        }
    }

    private void guard(HttpConnection connection) {
        guard.guard(connection);
        guardOfStreams.guard(connection);
        way.arrivals().connectionOpened();
        connection.closeHandler(ignored -> way.arrivals().connectionClosed());
    }

    /** Puts before the reader of a connection what sees that it begins, and as HTTP/2. */
    void expectPreface(ChannelHandlerContext reader) {
        reader.pipeline()
                .addBefore(reader.name(), "newcomer", newcomer())
                .addBefore(reader.name(), "preface", new ConnectionPreface(patience.linger(), way.arrivals()));
    }

    private HandshakeTimeout newcomer() {
        return new HandshakeTimeout(patience.head(), way.arrivals());
    }

    /** The door, for as many requests of a client as there may be. */
    Handler<HttpServerRequest> door() {
        return new RequestRateLimit(entrance.admission(), entrance.requests(), way.arrivals(), way.door());
    }

    ListenerEvents arrivals() {
        return way.arrivals();
    }
}
