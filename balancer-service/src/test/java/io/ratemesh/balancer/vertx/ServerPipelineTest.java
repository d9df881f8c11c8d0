package io.ratemesh.balancer.vertx;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.TrafficShapingOptions;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ServerPipelineTest {

    /** With traffic shaping Vert.x sends files in chunks, as with TLS. */
    private static final HttpServerOptions OPTIONS = new HttpServerOptions()
            .setHttp2ClearTextEnabled(false)
            .setTrafficShapingOptions(new TrafficShapingOptions().setOutboundGlobalBandwidth(1 << 20));

    private final Vertx vertx = Vertx.vertx();
    private final CompletableFuture<@Nullable Void> guarded = new CompletableFuture<>();

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    @Test
    void a_guarded_connection_writes_chunks_only_once_it_sends_a_file() throws Exception {
        HttpServer server = await(vertx.createHttpServer(OPTIONS)
                .connectionHandler(connection -> {
                    try {
                        guard(connection);
                        guarded.complete(null);
                    } catch (Throwable e) {
                        guarded.completeExceptionally(e);
                    }
                })
                .requestHandler(request -> {
                    ChannelPipeline pipeline =
                            VertxConnections.channel(request.connection()).pipeline();
                    ServerPipeline.sendFiles(pipeline.context("guardedResponses"));
                    ServerPipeline.sendFiles(pipeline.context("guardedResponses"));
                    request.response().end();
                })
                .listen(0, "127.0.0.1"));

        try (Socket socket = new Socket("127.0.0.1", server.actualPort())) {
            guarded.get(10, TimeUnit.SECONDS);
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    private static void guard(HttpConnection connection) {
        ChannelPipeline pipeline = VertxConnections.channel(connection).pipeline();
        assertThat(ServerPipeline.isHttp1(pipeline)).isTrue();
        assertThat(pipeline.get(ChunkedWriteHandler.class)).isNotNull();
        ServerPipeline.guard(
                pipeline,
                new ChannelInboundHandlerAdapter(),
                new UnvalidatedRequestDecoder(OPTIONS),
                new ChannelOutboundHandlerAdapter());
        assertThat(pipeline.get(ChunkedWriteHandler.class)).isNull();
        assertThat(pipeline.names())
                .containsSequence("guard", "httpDecoder")
                .containsSequence("guardedResponses", "handler");
    }

    @Test
    void the_client_of_a_connection_is_known_while_it_is_served() throws Exception {
        CompletableFuture<@Nullable String> client = new CompletableFuture<>();
        HttpServer server = await(vertx.createHttpServer(OPTIONS)
                .connectionHandler(connection ->
                        client.complete(String.valueOf(ServerPipeline.client(VertxConnections.channel(connection)))))
                .requestHandler(request -> request.response().end())
                .listen(0, "127.0.0.1"));

        try (Socket socket = new Socket("127.0.0.1", server.actualPort())) {
            assertThat(client.get(10, TimeUnit.SECONDS)).isEqualTo("127.0.0.1:" + socket.getLocalPort());
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
