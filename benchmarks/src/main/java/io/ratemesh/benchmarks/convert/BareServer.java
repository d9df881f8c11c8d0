package io.ratemesh.benchmarks.convert;

import io.ratemesh.node.cluster.TransportChoice;
import io.ratemesh.node.settings.TransportSetting;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.TimeUnit;

/** A Vert.x server with one event loop, a converter's transport and server options, and one constant response. */
final class BareServer {

    private static final int LINE_BYTES = 8 * 1024;
    private static final int HEADER_BYTES = 16 * 1024;
    private static final int IDLE_SECONDS = 60;

    private BareServer() {}

    /**
     * Serves until the process is killed.
     *
     * @param arguments the port, the number of bytes in the body, the value of {@code node.transport}
     */
    public static void main(String[] arguments) {
        Buffer body = Buffer.buffer("x".repeat(Integer.parseInt(arguments[1])));
        CharSequence json = HttpHeaders.createOptimized("application/json");
        Vertx vertx = Vertx.builder()
                .with(new VertxOptions().setEventLoopPoolSize(1))
                .withTransport(TransportChoice.choose(TransportSetting.valueOf(arguments[2])))
                .build();
        vertx.createHttpServer(options(Integer.parseInt(arguments[0])))
                .requestHandler(request -> request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, json)
                        .end(body))
                .listen()
                .onFailure(cause -> {
                    cause.printStackTrace();
                    System.exit(1);
                });
    }

    /** The same as in io.ratemesh.converter.http.ServerLimits. */
    private static HttpServerOptions options(int port) {
        return new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setHttp2ClearTextEnabled(false)
                .setMaxInitialLineLength(LINE_BYTES)
                .setMaxHeaderSize(HEADER_BYTES)
                .setHandle100ContinueAutomatically(false)
                .setCompressionSupported(false)
                .setDecompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setTcpNoDelay(true)
                .setReuseAddress(true)
                .setAcceptBacklog(1024);
    }
}
