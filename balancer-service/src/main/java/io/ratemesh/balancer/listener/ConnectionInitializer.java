package io.ratemesh.balancer.listener;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.ratemesh.balancer.http.ProblemResponse;
import io.ratemesh.balancer.http.Timeouts;
import io.ratemesh.balancer.http1.RequestGuard;
import io.ratemesh.balancer.http2.Http2Guard;
import io.ratemesh.balancer.vertx.ProxiedAddresses;
import io.ratemesh.node.settings.LimitSettings;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;

/**
 * Sets up the connections of a listener on one event loop. First a connection is accepted within the limits; then comes its PROXY
 * protocol header, its TLS handshake or its HTTP/2 preface, where it has one; then it has started, and its requests are guarded.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails here fails because the connection is closed already.
final class ConnectionInitializer {

    private static final byte[] SERVICE_UNAVAILABLE =
            ProblemResponse.bodiless(503).withRetryAfter(1).forAnyOrigin().toHttp1(true);

    private final ConnectionAdmission admission;
    private final Listener listener;
    private final ListenerEvents events;
    private final RequestGuard requestGuard;
    private final Http2Guard http2Guard;
    private Timeouts timeouts;

    ConnectionInitializer(Vertx vertx, ListenerContext context, Listener listener, ListenerEvents events) {
        LimitSettings limits = context.settings().limits();
        this.admission = context.admission();
        this.listener = listener;
        this.events = events;
        this.timeouts = Timeouts.of(limits);
        this.requestGuard = new RequestGuard(vertx, timeouts, events);
        this.http2Guard = new Http2Guard(vertx, limits, context.settings().webSocketOverHttp2(), events);
    }

    /** Applies other limits from now on, to open connections too. */
    void use(LimitSettings limits) {
        timeouts = Timeouts.of(limits);
        requestGuard.use(timeouts);
        http2Guard.use(limits);
    }

    /** Ends each connection, those to come too, after its next response, and idle ones. */
    void drain() {
        requestGuard.drain();
        http2Guard.drain();
    }

    /**
     * Sets up a connection that was just accepted, or refuses it.
     *
     * @param server to be added to the pipeline last, once Vert.x may serve the connection
     */
    void accepted(Channel channel, ChannelHandler server) {
        boolean proxied = listener.proxyProtocol();
        if (proxied && !admission.maySendProxyHeader(channel)) {
            events.connectionRefused();
            channel.close();
        } else if (!admission.accept(channel) || !(proxied || admission.assign(channel, null))) {
            refuse(channel);
        } else {
            UnsentBytesLimit.apply(channel);
            if (listener.protocol() != ListenerProtocol.HTTP) {
                channel.pipeline().addLast("handshakeTimeout", new HandshakeTimeout(timeouts.head(), events));
            }
            if (proxied) {
                channel.pipeline()
                        .addLast("proxyProtocol", new ProxyProtocolDecoder())
                        .addLast("proxyHeader", new ProxyHeaderHandler(this, server));
            } else {
                serve(channel, server);
            }
        }
    }

    /** Serves a connection after its PROXY protocol header; false where it is refused. */
    boolean headerRead(Channel channel, ProxyProtocolHeader header, ChannelHandler server) {
        if (!admission.assign(channel, header.source())) {
            refuse(channel);
            return false;
        }
        ProxiedAddresses.set(channel, header.source(), header.destination());
        serve(channel, server);
        return true;
    }

    /** Closes a connection without a valid PROXY protocol header. */
    void headerFailed(Channel channel, Throwable cause) {
        if (cause instanceof ProxyProtocolHeader.InvalidException) {
            events.connectionRefused();
        }
        channel.close();
    }

    private void serve(Channel channel, ChannelHandler server) {
        ChannelPipeline pipeline = channel.pipeline();
        if (listener.protocol() == ListenerProtocol.H2C) {
            pipeline.addLast("preface", new ConnectionPreface(timeouts.linger(), events));
        }
        pipeline.addLast(server);
    }

    /** Guards the requests of a connection that has started: Vert.x serves it, and has read what TLS and HTTP/2 start with. */
    void started(HttpConnection connection) {
        if (listener.protocol() == ListenerProtocol.HTTP) {
            guard(connection);
            return;
        }
        HandshakeTimeout handshake = HandshakeTimeout.end(connection);
        if (handshake == null) {
            connection.close();
            return;
        }
        if (listener.protocol() == ListenerProtocol.H2C) {
            ConnectionPreface.end(connection);
        }
        FirstRequestTimeout.start(connection, handshake.nanosLeft(), events, () -> guard(connection));
    }

    private void guard(HttpConnection connection) {
        requestGuard.guard(connection);
        http2Guard.guard(connection);
        events.connectionOpened();
        connection.closeHandler(ignored -> events.connectionClosed());
    }

    /** Refuses a connection over a limit. Only a client of HTTP/1 without TLS can be sent the reason. */
    private void refuse(Channel channel) {
        events.connectionRefused();
        if (listener.protocol() == ListenerProtocol.HTTP) {
            channel.writeAndFlush(Unpooled.wrappedBuffer(SERVICE_UNAVAILABLE)).addListener(ChannelFutureListener.CLOSE);
        } else {
            channel.close();
        }
    }
}
