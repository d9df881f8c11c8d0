package io.ratemesh.balancer.listener;

import io.ratemesh.balancer.listener.tls.CertificateSet;
import io.ratemesh.node.settings.BalancerSettings;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The options of the listeners' servers. */
final class ServerOptions {

    /** In HTTP/2: 16 KiB, and what RFC 9113 §6.5.2 adds for each of 100 fields. */
    private static final int MAX_FIELD_LIST_BYTES = 16 * 1024 + 100 * 32;

    /**
     * Body bytes that an HTTP/2 client may send before they are read, over all its streams: more than one stream's window
     * (64 KiB), so that one stalled upload does not stall the others; little enough for thousands of connections.
     */
    private static final int CONNECTION_WINDOW_BYTES = 256 * 1024;

    /** Streams that a client may reset in {@link #RESETS_SECONDS}, CVE-2023-44487: a browser that leaves a page resets some dozens. */
    private static final int MAX_RESETS = 200;

    private static final int RESETS_SECONDS = 30;

    /** The setting that allows extended CONNECT (RFC 8441 §3). */
    private static final int ENABLE_CONNECT_PROTOCOL = 8;

    /** Connections not accepted yet; the kernel limits it further (Linux: 4096). */
    private static final int ACCEPT_BACKLOG = 16 * 1024;

    private ServerOptions() {}

    /** For the servers of a listener. Their handshakes need a {@link HandshakeTimeout}, and h2c a {@link ConnectionPreface}. */
    static HttpServerOptions of(ListenerProtocol protocol, ListenerContext context) {
        return switch (protocol) {
            case HTTP -> http1();
            case HTTPS ->
                tls(context.settings(), context.certificates().orElseThrow().current());
            case H2C -> http2(context.settings()).setHttp2ClearTextEnabled(true);
        };
    }

    /** HTTP/1 only: with h2c the guard of HTTP/1 would be added after the first bytes. */
    private static HttpServerOptions http1() {
        return new HttpServerOptions()
                // All is written on the connection's loop: without a queue for other threads, 5 kB less for each
                // connection.
                .setStrictThreadMode(true)
                .setHttp2ClearTextEnabled(false)
                // The proxy sends 100 (Continue), once there is an upstream for the body.
                .setHandle100ContinueAutomatically(false)
                .setAcceptBacklog(ACCEPT_BACKLOG)
                .setCompressionSupported(false)
                // Tunnels pass frames on unchanged, and this would add a handler for all requests.
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setTcpNoDelay(true);
    }

    private static HttpServerOptions tls(BalancerSettings settings, CertificateSet certificates) {
        HttpServerOptions options = http2(settings)
                .setUseAlpn(true)
                .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
                .setSslHandshakeTimeout(0);
        certificates.applyTo(options);
        return options;
    }

    private static HttpServerOptions http2(BalancerSettings settings) {
        Http2Settings initial = new Http2Settings()
                .setMaxConcurrentStreams(settings.limits().streams())
                .setMaxHeaderListSize(MAX_FIELD_LIST_BYTES);
        if (settings.webSocketOverHttp2()) {
            initial.set(ENABLE_CONNECT_PROTOCOL, 1);
        }
        return http1().setHttp2ConnectionWindowSize(CONNECTION_WINDOW_BYTES)
                .setHttp2RstFloodMaxRstFramePerWindow(MAX_RESETS)
                .setHttp2RstFloodWindowDuration(RESETS_SECONDS)
                .setHttp2RstFloodWindowDurationTimeUnit(TimeUnit.SECONDS)
                .setInitialSettings(initial);
    }
}
