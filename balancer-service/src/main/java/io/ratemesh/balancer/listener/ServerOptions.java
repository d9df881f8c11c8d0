package io.ratemesh.balancer.listener;

import io.ratemesh.node.settings.LimitSettings;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.KeyCertOptions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** How the servers of the front door are set up. */
final class ServerOptions {

    /** Of HTTP/2: 16 KiB, and what RFC 9113 §6.5.2 adds for each of 100 fields. */
    private static final int MAX_FIELD_LIST_BYTES = 16 * 1024 + 100 * 32;

    /**
     * What a client may send of bodies that nobody reads yet, over all its streams: more than one stream's window (64 KiB), so
     * that one upload that is held back does not hold back the others; little enough for thousands of connections.
     */
    private static final int CONNECTION_WINDOW_BYTES = 256 * 1024;

    /** Streams a client may give up, CVE-2023-44487: a page that is left gives up some dozens. */
    private static final int MAX_RESETS = 200;

    private static final int RESETS_SECONDS = 30;

    /** Many may come at once; the kernel cuts it to what it allows (Linux: 4096). */
    private static final int ACCEPT_BACKLOG = 16 * 1024;

    /** Authenticated encryption with forward secrecy, in the order of RFC 9325 §4.2; the first three are of TLS 1.3. */
    private static final List<String> CIPHERS = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private static final Set<String> VERSIONS = new LinkedHashSet<>(List.of("TLSv1.3", "TLSv1.2"));

    private ServerOptions() {}

    /** Without encryption: HTTP/1 only. With h2c there would be no guard of HTTP/1 in time. */
    static HttpServerOptions plain(boolean proxyProtocol) {
        return new HttpServerOptions()
                // All is written on the connection's loop: without a queue for other threads, 5 kB less a connection.
                .setStrictThreadMode(true)
                .setHttp2ClearTextEnabled(false)
                // A client is told to go on by the proxy, once there is an upstream to take its body.
                .setHandle100ContinueAutomatically(false)
                .setAcceptBacklog(ACCEPT_BACKLOG)
                .setCompressionSupported(false)
                // Tunnels pass frames on as they are, and this would be a handler on the way of all requests.
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setUseProxyProtocol(proxyProtocol)
                // The decoder that takes the place of Vert.x's has a limit of its own.
                .setProxyProtocolTimeout(0)
                .setTcpNoDelay(true);
    }

    /** Over TLS, with HTTP/2 for those who can. Only for a server whose handshakes have an end of their own: {@link HandshakeTimeout}. */
    static HttpServerOptions tls(LimitSettings limits, boolean proxyProtocol, KeyCertOptions certificate) {
        HttpServerOptions options = http2(limits, proxyProtocol)
                .setSsl(true)
                .setUseAlpn(true)
                .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
                .setKeyCertOptions(certificate)
                .setEnabledSecureTransportProtocols(VERSIONS)
                .setSslHandshakeTimeout(0);
        CIPHERS.forEach(options::addEnabledCipherSuite);
        return options;
    }

    /** HTTP/2 without encryption. Only for a server that reads nothing before a {@link ConnectionPreface}. */
    static HttpServerOptions h2c(LimitSettings limits, boolean proxyProtocol) {
        return http2(limits, proxyProtocol).setHttp2ClearTextEnabled(true);
    }

    private static HttpServerOptions http2(LimitSettings limits, boolean proxyProtocol) {
        return plain(proxyProtocol)
                .setHttp2ConnectionWindowSize(CONNECTION_WINDOW_BYTES)
                .setHttp2RstFloodMaxRstFramePerWindow(MAX_RESETS)
                .setHttp2RstFloodWindowDuration(RESETS_SECONDS)
                .setHttp2RstFloodWindowDurationTimeUnit(TimeUnit.SECONDS)
                .setInitialSettings(new Http2Settings()
                        .setMaxConcurrentStreams(limits.streams())
                        .setMaxHeaderListSize(MAX_FIELD_LIST_BYTES));
    }
}
