package io.ratemesh.balancer.upstream.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.ratemesh.node.settings.ConnectionSettings;
import io.ratemesh.node.settings.ConnectionSettings.HttpVersion;
import io.ratemesh.node.settings.ConnectionSettings.ProxyVersion;
import io.ratemesh.node.settings.PoolSettings;
import io.ratemesh.node.settings.SettingsException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How connections to the upstreams of a pool are made ready for the first byte of their protocol. Immutable; a reload replaces it.
 *
 * @param sendProxy the version of the PROXY protocol with which a connection begins; empty for none
 * @param tls empty for connections without TLS
 * @param http the version of HTTP that is spoken
 */
public record UpstreamTransport(Optional<ProxyVersion> sendProxy, Optional<ClientTls> tls, HttpVersion http) {

    private static final String HTTP_2 = "h2";

    /** Connections are ready as soon as they are open. */
    public static final UpstreamTransport PLAIN =
            new UpstreamTransport(Optional.empty(), Optional.empty(), HttpVersion.HTTP_1_1);

    /** The result of a handshake is reported by its future. */
    @SuppressWarnings("FutureReturnValueIgnored") // A close does not fail.
    private static final class FailedHandshake extends ChannelInboundHandlerAdapter {

        @Override
        public void exceptionCaught(ChannelHandlerContext at, Throwable cause) {
            at.close();
        }
    }

    /** TLS had no result in time. */
    public static final class TlsTimeoutException extends Exception {

        private static final long serialVersionUID = 1;

        TlsTimeoutException(Throwable cause) {
            super("TLS handshake timed out", cause);
        }
    }

    /**
     * Reads the files that the settings of a pool name; not for an event loop.
     *
     * @throws SettingsException if one of them cannot be used
     */
    public static UpstreamTransport read(PoolSettings pool) {
        ConnectionSettings connection = pool.connection();
        return connection.equals(ConnectionSettings.PLAIN)
                ? PLAIN
                : new UpstreamTransport(
                        connection.sendProxy(),
                        connection
                                .tls()
                                .map(settings -> ClientTls.read("balancer.pools." + pool.name() + ".tls", settings)),
                        connection.http());
    }

    /** Whether a connection is ready for HTTP/1.1 as soon as it is open. */
    public boolean isPlain() {
        return tls.isEmpty() && sendProxy.isEmpty() && http != HttpVersion.HTTP_2;
    }

    /** Whether HTTP/2 may be spoken. */
    public boolean mayBeHttp2() {
        return http == HttpVersion.HTTP_2 || (http == HttpVersion.AUTO && tls.isPresent());
    }

    /** What is offered for requests other than upgrades. */
    public List<String> protocols() {
        return switch (http) {
            case HTTP_1_1 -> List.of();
            case HTTP_2 -> List.of(HTTP_2);
            case AUTO -> List.of(HTTP_2, "http/1.1");
        };
    }

    /**
     * Whether HTTP/2 is spoken on a connection.
     *
     * @param chosen the protocol that the upstream has chosen
     */
    public boolean isHttp2(String chosen) {
        return chosen.equals(HTTP_2) || (http == HttpVersion.HTTP_2 && tls.isEmpty());
    }

    /** Whether a connection is for one client only, which the server takes for the client of all its requests. */
    public boolean isOfOneClient() {
        return sendProxy.isPresent();
    }

    /**
     * Makes a connection ready that has just been opened; to be called on its event loop. Closes it where that fails, with a
     * {@link TlsFailure} or a {@link TlsTimeoutException}.
     *
     * @param host of the upstream, as it is written in the settings
     * @param protocols to be offered (ALPN), the preferred one first
     * @param timeout the longest time
     * @param client that the connection is for
     * @return the protocol that the upstream has chosen; empty where it has chosen none
     */
    @SuppressWarnings("FutureReturnValueIgnored") // A failed write ends the connection.
    public Future<String> prepare(
            Channel channel, String host, int port, List<String> protocols, Duration timeout, ClientAddresses client) {
        sendProxy.ifPresent(version -> channel.writeAndFlush(SentProxyHeader.of(version, client, channel.alloc())));
        return tls.map(with -> handshake(with.handler(channel.alloc(), host, port, protocols), channel, timeout))
                .orElseGet(() -> Future.succeededFuture(""));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // A close does not fail.
    private static Future<String> handshake(SslHandler handler, Channel channel, Duration timeout) {
        Promise<String> promise = Promise.promise();
        ChannelHandler failures = new FailedHandshake();
        channel.pipeline().addLast(failures);
        handler.setHandshakeTimeoutMillis(Math.max(1, timeout.toMillis()));
        channel.pipeline().addFirst("tls", handler);
        handler.handshakeFuture().addListener(done -> {
            if (done.isSuccess()) {
                channel.pipeline().remove(failures);
                String chosen = handler.engine().getApplicationProtocol();
                promise.complete(chosen == null ? "" : chosen);
            } else {
                channel.close();
                promise.fail(
                        done.cause() instanceof SslHandshakeTimeoutException
                                ? new TlsTimeoutException(done.cause())
                                : TlsFailure.of(done.cause()));
            }
        });
        return promise.future();
    }
}
