package io.ratemesh.balancer.upstream.transport;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.ratemesh.node.settings.ConnectionSettings;
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
 */
public record UpstreamTransport(Optional<ProxyVersion> sendProxy, Optional<ClientTls> tls) {

    /** Connections are ready as soon as they are open. */
    public static final UpstreamTransport PLAIN = new UpstreamTransport(Optional.empty(), Optional.empty());

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
                                .map(settings -> ClientTls.read("balancer.pools." + pool.name() + ".tls", settings)));
    }

    /** Whether a connection is ready as soon as it is open. */
    public boolean isPlain() {
        return tls.isEmpty() && sendProxy.isEmpty();
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
     */
    @SuppressWarnings("FutureReturnValueIgnored") // A failed write ends the connection.
    public Future<Void> prepare(
            Channel channel, String host, int port, List<String> protocols, Duration timeout, ClientAddresses client) {
        sendProxy.ifPresent(version -> channel.writeAndFlush(SentProxyHeader.of(version, client, channel.alloc())));
        return tls.map(with -> handshake(with.handler(channel.alloc(), host, port, protocols), channel, timeout))
                .orElseGet(Future::succeededFuture);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // A close does not fail.
    private static Future<Void> handshake(SslHandler handler, Channel channel, Duration timeout) {
        Promise<Void> promise = Promise.promise();
        handler.setHandshakeTimeoutMillis(Math.max(1, timeout.toMillis()));
        channel.pipeline().addFirst("tls", handler);
        handler.handshakeFuture().addListener(done -> {
            if (done.isSuccess()) {
                promise.complete();
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
