package io.ratemesh.balancer.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalTest {

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger wentOn = new AtomicInteger();

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1/convert HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET /api/../metrics HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET admin HTTP/1.1\r\nHost: a\r\n\r\n",
                "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n",
                "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n"
            })
    void what_no_upstream_is_to_see_is_answered_with_400_and_the_connection_closed(String request) throws Exception {
        String answer = answer(request);

        assertThat(answer).startsWith("HTTP/1.").contains(" 400 Bad Request\r\n");
        assertThat(wentOn).hasValue(0);
    }

    @Test
    void a_client_of_http_1_0_need_not_say_host() throws Exception {
        assertThat(answer("GET / HTTP/1.0\r\n\r\n")).contains(" 200 OK\r\n");
        assertThat(wentOn).hasValue(1);
    }

    /** All bytes until the server closes: a connection that stays open ends in a time-out and fails the test. */
    private String answer(String request) throws Exception {
        HttpServer server = vertx.createHttpServer()
                .requestHandler(asked -> {
                    if (!Refusal.refuse(asked)) {
                        wentOn.incrementAndGet();
                        asked.response().end();
                    }
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        return exchange(server.actualPort(), request);
    }

    private static String exchange(int port, String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }
}
