package io.ratemesh.converter.http;

import io.ratemesh.node.settings.ConverterSettings;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.TimeUnit;

/** The limits of the HTTP server. Vert.x has none by default for some, and others for other uses. */
public final class ServerLimits {

    private static final int MIN_LINE_BYTES = 8 * 1024;

    /** A pair with its slash and comma percent-encoded. */
    private static final int PAIR_BYTES = 12;

    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int MAX_CHUNK_BYTES = 8 * 1024;

    /** All readers of a balancer may connect at once. The kernel limits it further (Linux: 4096). */
    private static final int ACCEPT_BACKLOG = 16 * 1024;

    private static final int MIN_IDLE_SECONDS = 60;
    private static final int HEARTBEATS_MISSED = 3;

    private ServerLimits() {}

    /**
     * The options of a converter's server.
     *
     * @param address to listen on
     */
    public static HttpServerOptions options(String address, ConverterSettings settings) {
        // Idle means no bytes in either direction: the heartbeats of a stream keep its connection open.
        int idleSeconds = Math.max(
                MIN_IDLE_SECONDS, HEARTBEATS_MISSED * (int) settings.heartbeat().toSeconds());
        return new HttpServerOptions()
                // Everything is written on the event loop of the connection. This saves a queue of 5 kB per connection.
                .setStrictThreadMode(true)
                .setHost(address)
                .setPort(settings.port())
                .setHttp2ClearTextEnabled(false)
                .setMaxInitialLineLength(
                        Math.max(MIN_LINE_BYTES, MIN_LINE_BYTES / 2 + PAIR_BYTES * settings.maxPairs()))
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setMaxChunkSize(MAX_CHUNK_BYTES)
                .setMaxFormAttributeSize(0)
                .setMaxFormFields(0)
                .setMaxFormBufferedBytes(0)
                .setHandle100ContinueAutomatically(false)
                .setCompressionSupported(false)
                .setDecompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setIdleTimeout(idleSeconds)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setTcpNoDelay(true)
                .setReuseAddress(true)
                .setAcceptBacklog(ACCEPT_BACKLOG);
    }
}
