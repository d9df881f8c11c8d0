package io.ratemesh.balancer.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A healthy, slow upstream keeps its requests for as long as the response-timeout of its pool. */
class SlowUpstreamTest {

    private static final Duration SHORT = Duration.ofMillis(500);

    /** The margin for a response in time on a busy machine. */
    private static final Duration LONGER = Duration.ofSeconds(2);

    private final List<ExchangeSummary> ended = new CopyOnWriteArrayList<>();
    private final ProxyFixture fixture = new ProxyFixture(ProxySettings.of(8080)
            .withStallTimeout(Duration.ofMillis(250))
            .withPipelining(8)
            .withLog(ended::add));
    private final Map<String, Integer> received = new ConcurrentHashMap<>();
    private final Queue<HttpServerRequest> waiting = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "POST"})
    void slow_get_two_servers(String method) throws Exception {
        fixture.withResponseTimeout(SHORT);
        waitingServer("a");
        waitingServer("b");

        HttpResponse<String> late = send(method, "/slow").get(5, TimeUnit.SECONDS);

        assertThat(late.statusCode()).isEqualTo(504);
        assertThat(received).as("received once").containsExactly(Map.entry("/slow", 1));
        await().untilAsserted(() -> assertThat(ended).hasSize(1));
        assertThat(ended.get(0).termination()).hasToString("sH");
        assertThat(ended.get(0).retries()).isZero();
    }

    @Test
    void without_a_timeout_a_response_may_take_any_time() throws Exception {
        fixture.withResponseTimeout(Duration.ZERO);
        waitingServer("a");
        CompletableFuture<HttpResponse<String>> slow = send("GET", "/slow");

        timePasses(Duration.ofMillis(1500));
        assertThat(slow).isNotDone();
        answerAll();

        assertThat(slow.get(5, TimeUnit.SECONDS).body()).isEqualTo("/slow");
        assertThat(received).containsExactly(Map.entry("/slow", 1));
    }

    @Test
    void a_pipelined_request_in_process_is_not_repeated_and_those_behind_it_move() throws Exception {
        waitingServer("a");
        for (int i = 0; i < 3; i++) {
            CompletableFuture<HttpResponse<String>> warm = send("GET", "/warm" + i);
            await().until(() -> !waiting.isEmpty());
            answerAll();
            warm.get(5, TimeUnit.SECONDS);
        }
        CompletableFuture<HttpResponse<String>> slow = send("GET", "/slow");
        await().until(() -> received.containsKey("/slow"));
        CompletableFuture<HttpResponse<String>> behind = send("GET", "/behind");

        await().until(() -> received.containsKey("/behind"));
        HttpServerRequest first = waiting.remove();
        answerAll();

        assertThat(behind.get(5, TimeUnit.SECONDS).body()).isEqualTo("/behind");
        assertThat(slow).isNotDone();
        first.response().end(first.uri());
        assertThat(slow.get(5, TimeUnit.SECONDS).body()).isEqualTo("/slow");
        assertThat(received).containsEntry("/slow", 1);
    }

    @Test
    void the_timeout_starts_when_the_request_is_complete() throws Exception {
        fixture.withResponseTimeout(LONGER);
        fixture.server(
                "a",
                request -> request.body().onSuccess(body -> request.response().end(body)));

        try (RawClient client = new RawClient(fixture.port())) {
            client.send("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 6\r\n\r\n");
            for (String part : List.of("so", "lo", "ng")) {
                timePasses(Duration.ofMillis(1200));
                client.send(part);
            }
            assertThat(client.readTo("solong")).startsWith("HTTP/1.1 200 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 100\r\n\r\nsome", "Transfer-Encoding: chunked\r\n\r\n4\r\nsome\r\n"})
    void a_stalled_response_is_aborted_visibly(String begun) throws Exception {
        fixture.withResponseTimeout(SHORT);
        fixture.rawServer("a", socket -> socket.handler(bytes -> socket.write("HTTP/1.1 200 OK\r\n" + begun)));

        assertThatThrownBy(() -> fixture.client.send(
                        HttpRequest.newBuilder(fixture.uri("/")).build(), BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);

        await().untilAsserted(() -> assertThat(ended).hasSize(1));
        assertThat(ended.get(0).termination()).hasToString("sD");
        assertThat(ended.get(0).status()).isEqualTo(200);
    }

    @Test
    void an_active_stream_may_last_longer_than_the_timeout() throws Exception {
        fixture.withResponseTimeout(LONGER);
        fixture.server("a", request -> {
            request.response().setChunked(true).write("data: begin\n\n");
            fixture.vertx.setPeriodic(200, timer -> request.response().write(": heartbeat\n\n"));
        });

        try (RawClient client = new RawClient(fixture.port())) {
            client.send("GET /stream HTTP/1.1\r\nHost: h\r\nAccept: text/event-stream\r\n\r\n");
            for (int beats = 0; beats < 15; beats++) {
                client.readTo(": heartbeat\n\n");
            }
        }
        await().untilAsserted(() -> assertThat(ended).hasSize(1));
        assertThat(ended.get(0).termination()).hasToString("CD");
    }

    @Test
    void a_slow_client_does_not_count_as_a_stalled_upstream() throws Exception {
        fixture.withResponseTimeout(LONGER);
        byte[] large = new byte[20_000_000];
        fixture.server("a", request -> request.response().end(io.vertx.core.buffer.Buffer.buffer(large)));

        try (RawClient client = new RawClient(fixture.port())) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
            client.readTo("\r\n\r\n");
            timePasses(Duration.ofMillis(3500));
            assertThat(client.readAll()).hasSize(large.length);
        }
        await().untilAsserted(() -> assertThat(ended).hasSize(1));
        assertThat(ended.get(0).termination()).hasToString("--");
    }

    private void waitingServer(String id) {
        fixture.server(id, request -> {
            received.merge(request.uri(), 1, Integer::sum);
            waiting.add(request);
        });
    }

    private void answerAll() {
        for (HttpServerRequest next = waiting.poll(); next != null; next = waiting.poll()) {
            next.response().end(next.uri());
        }
    }

    private CompletableFuture<HttpResponse<String>> send(String method, String target) {
        HttpRequest request = HttpRequest.newBuilder(fixture.uri(target))
                .method(method, method.equals("POST") ? BodyPublishers.ofString("x") : BodyPublishers.noBody())
                .build();
        return fixture.client.sendAsync(request, BodyHandlers.ofString());
    }

    /** The test is that nothing happens meanwhile. */
    private void timePasses(Duration time) throws Exception {
        CompletableFuture<Void> passed = new CompletableFuture<>();
        Vertx vertx = fixture.vertx;
        vertx.setTimer(time.toMillis(), ignored -> passed.complete(null));
        passed.get(5, TimeUnit.SECONDS);
    }
}
