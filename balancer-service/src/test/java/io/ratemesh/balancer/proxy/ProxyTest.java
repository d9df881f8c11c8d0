package io.ratemesh.balancer.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import io.ratemesh.balancer.upstream.UpstreamState;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients and upstreams see of the proxy, one behaviour or fault per test. */
class ProxyTest {

    private final ProxyFixture fixture = new ProxyFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_response_is_relayed_with_its_status_fields_and_content() throws Exception {
        fixture.server(
                "a",
                request -> request.response()
                        .setStatusCode(418)
                        .putHeader("ETag", "\"1\"")
                        .end("short and stout"));

        HttpResponse<String> response = get("/teapot?size=2");

        assertThat(response.statusCode()).isEqualTo(418);
        assertThat(response.body()).isEqualTo("short and stout");
        assertThat(response.headers().firstValue("ETag")).hasValue("\"1\"");
    }

    @Test
    void the_upstream_gets_the_client_address_and_a_client_cannot_forge_it() throws Exception {
        CompletableFuture<HttpServerRequest> seen = new CompletableFuture<>();
        fixture.server("a", request -> {
            seen.complete(request);
            request.response().end();
        });

        fixture.raw("""
                GET /x HTTP/1.1\r
                Host: rates.example\r
                X-Forwarded-For: 6.6.6.6\r
                X-Forwarded-Proto: https\r
                Forwarded: for=6.6.6.6\r
                X-Request-Id: abc-123\r
                Connection: close\r
                \r
                """, "never");

        HttpServerRequest request = seen.join();
        assertThat(request.getHeader("Host")).isEqualTo("rates.example");
        assertThat(request.headers().getAll("X-Forwarded-For")).containsExactly("127.0.0.1");
        assertThat(request.headers().getAll("X-Forwarded-Proto")).containsExactly("http");
        assertThat(request.getHeader("X-Forwarded-Host")).isEqualTo("rates.example");
        assertThat(request.getHeader("X-Forwarded-Port")).isEqualTo("8080");
        assertThat(request.getHeader("Forwarded")).isNull();
        assertThat(request.getHeader("X-Request-Id")).isEqualTo("abc-123");
        assertThat(request.getHeader("Via")).isEqualTo("1.1 ratemesh");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X_Forwarded_For",
                "x_forwarded-proto",
                "X-Forwarded_Host",
                "X.Forwarded~Port",
                "X_FORWARDED_PREFIX",
                "X-Forwarded-By",
                "X-Forwarded-Client-Cert",
                "X_Request_Id",
                "Content_Length",
                "content_length",
                "Transfer_Encoding",
                "Keep_Alive",
                "Proxy_Authorization",
                "Proxy_Connection",
                "Proxy",
                "PROXY",
                "Forwarded"
            })
    void fields_that_CGI_takes_for_the_proxys_are_dropped(String name) throws Exception {
        assertThat(seenOf("GET /x HTTP/1.1\r\nHost: h\r\n" + name + ": forged\r\n\r\n"))
                .doesNotContain("forged");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X_Custom",
                "X_Forward",
                "X-Forwarded",
                "Content-Type",
                "Content_Type",
                "X-Real-IP",
                "Max-Forwards",
                "Proxies",
                "Via",
                "Trace_Parent",
                "Accept_",
                "Cache-Control"
            })
    void end_to_end_fields_reach_the_upstream(String name) throws Exception {
        assertThat(seenOf("GET /x HTTP/1.1\r\nHost: h\r\n" + name + ": 6666\r\n\r\n"))
                .contains("\r\n" + name + ": 6666\r\n");
    }

    @Test
    void via_has_HTTP_1_0_for_such_a_client() throws Exception {
        assertThat(seenOf("GET /x HTTP/1.0\r\n\r\n")).contains("\r\nVia: 1.0 ratemesh\r\n");
    }

    @Test
    void via_is_appended_to_those_of_other_proxies() throws Exception {
        String seen = seenOf("GET /x HTTP/1.1\r\nHost: h\r\nVia: 1.0 fred, 1.1 b.example (x)\r\nvia: 2 c\r\n\r\n");
        assertThat(seen)
                .containsSubsequence("Via: 1.0 fred, 1.1 b.example (x)\r\n", "via: 2 c\r\n", "Via: 1.1 ratemesh\r\n");
    }

    @Test
    void connection_removes_neither_host_nor_length() throws Exception {
        assertThat(seenOf("POST /x HTTP/1.1\r\nHost: h\r\nConnection: Host, Content-Length, Cookie, X-Forwarded-For\r\n"
                        + "Cookie: a=1\r\nContent-Length: 2\r\n\r\nhi"))
                .contains(
                        "\r\nHost: h\r\n",
                        "\r\nContent-Length: 2\r\n",
                        "\r\nCookie: a=1\r\n",
                        "\r\nX-Forwarded-For: 127");
    }

    @Test
    void trailers_are_announced_to_the_upstream_that_gets_them() throws Exception {
        assertThat(seenOf(
                        "POST /x HTTP/1.1\r\nHost: h\r\nTrailer: X-Sum\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"))
                .contains("\r\nTrailer: X-Sum\r\n");
    }

    /** The head of a request as an upstream receives it. */
    private String seenOf(String request) throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        fixture.rawServer(
                "a",
                socket -> socket.handler(bytes -> {
                    seen.complete(bytes.toString());
                    socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                }));
        fixture.raw(request, "\r\n\r\nok");
        return seen.get(5, TimeUnit.SECONDS);
    }

    @Test
    void an_invalid_request_id_is_replaced() throws Exception {
        AtomicReference<String> seen = new AtomicReference<>("");
        fixture.server("a", request -> {
            seen.set(request.getHeader("X-Request-Id"));
            request.response().end();
        });

        fixture.client.send(
                HttpRequest.newBuilder(fixture.uri("/"))
                        .header("X-Request-Id", "a b\"c")
                        .build(),
                BodyHandlers.discarding());

        assertThat(seen.get()).matches("[0-9a-f]{32}");
    }

    @Test
    void hop_by_hop_fields_are_removed_both_ways() throws Exception {
        AtomicReference<Set<String>> seen = new AtomicReference<>(Set.of());
        fixture.rawServer(
                "a",
                socket -> socket.handler(bytes -> {
                    seen.set(new HashSet<>(
                            bytes.toString().lines().map(String::toLowerCase).toList()));
                    socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: X-Inner\r\nX-Inner: 1\r\n"
                            + "Keep-Alive: timeout=5\r\nX-Outer: 2\r\n\r\nok");
                }));

        String response = fixture.raw(
                "GET / HTTP/1.1\r\nHost: h\r\nConnection: keep-alive, X-Secret\r\nX-Secret: 1\r\nTE: trailers\r\n"
                        + "Upgrade: websocket\r\nProxy-Authorization: x\r\nX-Kept: 1\r\n\r\n",
                "\r\n\r\nok");

        assertThat(seen.get()).contains("x-kept: 1");
        assertThat(String.join("\n", seen.get())).doesNotContain("x-secret", "te:", "upgrade", "proxy-auth");
        assertThat(response).contains("X-Outer: 2").doesNotContain("X-Inner", "Keep-Alive: timeout=5");
    }

    @Test
    void a_refused_connect_is_redispatched_and_marks_the_upstream_down() throws Exception {
        var refusing = fixture.refusing("refusing");
        fixture.server("a", request -> request.body().onSuccess(request.response()::end));

        for (int i = 0; i < 3; i++) {
            HttpResponse<String> response = fixture.client.send(
                    HttpRequest.newBuilder(fixture.uri("/"))
                            .POST(BodyPublishers.ofString("not lost"))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(response.body()).isEqualTo("not lost");
        }

        assertThat(refusing.state()).isEqualTo(UpstreamState.DOWN);
    }

    @Test
    void a_connection_that_breaks_before_the_response_is_repeated_elsewhere_once() throws Exception {
        AtomicInteger broke = new AtomicInteger();
        fixture.rawServer(
                "breaking",
                socket -> socket.handler(bytes -> {
                    broke.incrementAndGet();
                    socket.close();
                }));
        fixture.server("a", request -> request.response().end("from a"));

        for (int i = 0; i < 4; i++) {
            assertThat(get("/").body()).isEqualTo("from a");
        }

        assertThat(broke).hasPositiveValue();
    }

    @Test
    void a_post_that_may_have_been_processed_is_never_sent_twice() throws Exception {
        AtomicInteger received = new AtomicInteger();
        for (String id : List.of("one", "two")) {
            fixture.rawServer(
                    id,
                    socket -> socket.handler(bytes -> {
                        received.incrementAndGet();
                        socket.close();
                    }));
        }

        HttpResponse<String> response = fixture.client.send(
                HttpRequest.newBuilder(fixture.uri("/api/x"))
                        .POST(BodyPublishers.ofString("pay"))
                        .build(),
                BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(new JsonObject(response.body()).getString("code")).isEqualTo("upstream-broke");
        assertThat(received).hasValue(1);
    }

    @Test
    void an_aborted_response_never_looks_complete() throws Exception {
        fixture.rawServer(
                "a",
                socket ->
                        socket.handler(bytes -> socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this")
                                .onComplete(ignored -> socket.close())));

        String response = fixture.raw("GET / HTTP/1.1\r\nHost: h\r\n\r\n", "never");

        assertThat(response).contains("Content-Length: 100").endsWith("only this");
    }

    @Test
    void without_an_upstream_the_response_is_503_with_retry_after() throws Exception {
        HttpResponse<String> response = get("/api/v1/convert");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @Test
    void a_queued_request_is_served_by_an_upstream_that_is_up_in_time() throws Exception {
        CompletableFuture<HttpResponse<String>> response = fixture.client.sendAsync(
                HttpRequest.newBuilder(fixture.uri("/")).build(), BodyHandlers.ofString());
        fixture.server("late", request -> request.response().end("worth the wait"));

        assertThat(response.get(5, TimeUnit.SECONDS).body()).isEqualTo("worth the wait");
    }

    @Test
    void an_upstream_that_never_responds_causes_504_and_its_request_is_aborted() throws Exception {
        CompletableFuture<Void> dropped = new CompletableFuture<>();
        fixture.withResponseTimeout(Duration.ofMillis(500));
        fixture.server("hung", request -> request.connection().closeHandler(ignored -> dropped.complete(null)));

        HttpResponse<String> response = get("/");

        assertThat(response.statusCode()).isEqualTo(504);
        await().until(dropped::isDone);
        await().untilAsserted(this::assertNothingUnderWay);
    }

    @Test
    void a_malformed_response_is_502() throws Exception {
        fixture.rawServer("a", socket -> socket.handler(bytes -> socket.write("not HTTP at all\r\n\r\n")));

        assertThat(get("/").statusCode()).isEqualTo(502);
    }

    @Test
    void events_are_relayed_at_once_and_the_head_before_the_first() throws Exception {
        CompletableFuture<HttpServerRequest> open = new CompletableFuture<>();
        fixture.server("a", request -> {
            request.response().setChunked(true).putHeader("Content-Type", "text/event-stream");
            request.response().writeHead();
            open.complete(request);
        });

        HttpResponse<InputStream> response = fixture.client.send(
                HttpRequest.newBuilder(fixture.uri("/api/v1/stream")).build(), BodyHandlers.ofInputStream());

        assertThat(response.statusCode()).as("the head, before any event").isEqualTo(200);
        open.join().response().write("data: 1\n\n");
        assertThat(new String(response.body().readNBytes(9), UTF_8)).isEqualTo("data: 1\n\n");
        open.join().response().end("data: 2\n\n");
        assertThat(new String(response.body().readAllBytes(), UTF_8)).isEqualTo("data: 2\n\n");
        await().untilAsserted(this::assertNothingUnderWay);
    }

    @Test
    void a_stream_is_no_request_of_the_pool_once_its_head_has_come() throws Exception {
        CompletableFuture<HttpServerRequest> open = new CompletableFuture<>();
        fixture.server("a", open::complete);
        CompletableFuture<HttpResponse<InputStream>> response = fixture.client.sendAsync(
                HttpRequest.newBuilder(fixture.uri("/api/v1/stream")).build(), BodyHandlers.ofInputStream());
        open.get(5, TimeUnit.SECONDS);
        assertThat(fixture.pool.requests()).isEqualTo(1);

        open.join().response().setChunked(true).write("data: 1\n\n");

        await().until(() -> fixture.pool.requests() == 0);
        assertThat(fixture.pool.upstreams().get(0).requestsInFlight()).isEqualTo(1);
        open.join().response().end();
        await().untilAsserted(this::assertNothingUnderWay);
        assertThat(fixture.pool.requests()).isZero();
        assertThat(response.join().statusCode()).isEqualTo(200);
    }

    @Test
    void a_client_abort_ends_the_request_upstream_within_a_second() throws Exception {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        fixture.server("a", request -> {
            request.response().setChunked(true).write("data: 1\n\n");
            request.response().exceptionHandler(ignored -> ended.complete(null));
            request.response().closeHandler(ignored -> ended.complete(null));
        });

        fixture.raw("GET /api/v1/stream HTTP/1.1\r\nHost: h\r\n\r\n", "data: 1");

        await().atMost(Duration.ofSeconds(1)).until(ended::isDone);
        await().untilAsserted(this::assertNothingUnderWay);
    }

    @Test
    void a_client_of_http_1_0_gets_a_stream_that_ends_with_its_connection() throws Exception {
        fixture.server("a", request -> {
            request.response().setChunked(true).write("one,");
            request.response().end("two");
        });

        String response = fixture.raw("GET / HTTP/1.0\r\n\r\n", "never");

        assertThat(response).endsWith("\r\n\r\none,two").doesNotContainIgnoringCase("transfer-encoding");
    }

    @Test
    void head_and_304_keep_the_fields_and_have_no_content() throws Exception {
        fixture.server("a", request -> {
            if (request.getHeader("If-None-Match") != null) {
                request.response().setStatusCode(304).putHeader("ETag", "\"1\"").end();
            } else {
                request.response().putHeader("Content-Length", "11").end();
            }
        });

        String response = fixture.raw(
                "HEAD / HTTP/1.1\r\nHost: h\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\nIf-None-Match: \"1\"\r\n"
                        + "Connection: close\r\n\r\n",
                "never");

        assertThat(response).containsIgnoringCase("content-length: 11");
        assertThat(response.indexOf("HTTP/1.1 304")).isPositive();
        assertThat(response).endsWith("\r\n\r\n");
    }

    @Test
    void a_body_of_known_or_unknown_length_reaches_the_upstream_completely() throws Exception {
        fixture.server(
                "a",
                request -> request.body()
                        .onSuccess(body -> request.response()
                                .putHeader("X-Length", String.valueOf(body.length()))
                                .end(Buffer.buffer().appendInt(Arrays.hashCode(body.getBytes())))));
        byte[] body = new byte[3_000_000];
        new Random(1).nextBytes(body);

        for (var publisher : List.of(
                BodyPublishers.ofByteArray(body), BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(body)))) {
            HttpResponse<byte[]> response = fixture.client.send(
                    HttpRequest.newBuilder(fixture.uri("/")).PUT(publisher).build(), BodyHandlers.ofByteArray());
            assertThat(response.headers().firstValue("X-Length")).hasValue("3000000");
            assertThat(Buffer.buffer(response.body()).getInt(0)).isEqualTo(Arrays.hashCode(body));
        }
    }

    @Test
    void a_client_that_does_not_read_stops_the_upstream_from_sending() throws Exception {
        int size = 64 * 1024 * 1024;
        AtomicInteger sent = new AtomicInteger();
        fixture.server("a", request -> {
            request.response().putHeader("Content-Length", String.valueOf(size));
            pump(request, sent, size);
        });

        try (Socket socket = new Socket("127.0.0.1", fixture.port())) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(UTF_8));
            AtomicInteger before = new AtomicInteger(-1);
            await().pollInterval(Duration.ofMillis(300))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> sent.get() > 0 && before.getAndSet(sent.get()) == sent.get());
            assertThat(sent.get()).as("bytes the upstream could send").isLessThan(size / 2);
            drain(socket, size);
        }
        assertThat(sent.get()).isEqualTo(size);
    }

    @Test
    void idle_upstreams_are_selected_in_turn() throws Exception {
        for (String id : List.of("a", "b", "c")) {
            fixture.server(id, request -> request.response().end(id));
        }

        StringBuilder order = new StringBuilder();
        for (int i = 0; i < 9; i++) {
            order.append(get("/").body());
        }

        assertThat(order.toString()).isEqualTo("abcabcabc");
    }

    private static void pump(HttpServerRequest request, AtomicInteger sent, int size) {
        byte[] chunk = new byte[64 * 1024];
        while (sent.get() < size && !request.response().writeQueueFull()) {
            request.response().write(Buffer.buffer(chunk));
            sent.addAndGet(chunk.length);
        }
        if (sent.get() < size) {
            request.response().drainHandler(ignored -> pump(request, sent, size));
        } else {
            request.response().drainHandler(null).end();
        }
    }

    private static void drain(Socket socket, int bytes) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long read = 0;
        while (read < bytes) {
            int more = socket.getInputStream().read(buffer);
            if (more < 0) {
                throw new IOException("ended after " + read);
            }
            read += more;
        }
    }

    private void assertNothingUnderWay() {
        assertThat(fixture.loop.members()).extracting(UpstreamOnLoop::inFlight).containsOnly(0);
    }

    @Test
    void a_client_that_stops_reading_holds_its_upstream_back_and_times_out() throws Exception {
        AtomicLong sent = new AtomicLong();
        CompletableFuture<Void> ended = new CompletableFuture<>();
        fixture.server("a", request -> {
            HttpServerResponse response = request.response().setChunked(true);
            response.closeHandler(ignored -> ended.complete(null));
            sendAll(response, sent);
        });

        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4096);
            socket.connect(new InetSocketAddress("127.0.0.1", fixture.port()));
            socket.getOutputStream().write("GET /endless HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));

            ended.get(10, TimeUnit.SECONDS);
        }

        assertThat(fixture.counts.snapshot().clientAborts()).isEqualTo(1);
        assertThat(fixture.loop.members().get(0).inFlight()).isZero();
        // The buffers of the kernel in both directions, and of the proxy.
        assertThat(sent.get()).isLessThan(32_000_000);
    }

    private static void sendAll(HttpServerResponse response, AtomicLong sent) {
        Buffer chunk = Buffer.buffer(new byte[8192]);
        while (!response.writeQueueFull()) {
            sent.addAndGet(chunk.length());
            response.write(chunk);
        }
        response.drainHandler(ignored -> sendAll(response, sent));
    }

    private HttpResponse<String> get(String target) throws IOException, InterruptedException {
        return fixture.client.send(HttpRequest.newBuilder(fixture.uri(target)).build(), BodyHandlers.ofString());
    }

    @Test
    void a_client_that_awaits_100_does_not_wait_forever() throws Exception {
        fixture.withResponseTimeout(Duration.ofMillis(500));
        fixture.rawServer("a", socket -> {});

        try (RawClient client = new RawClient(fixture.port())) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
            assertThat(client.readTo("\r\n\r\n")).startsWith("HTTP/1.1 504 ");
        }
    }
}
