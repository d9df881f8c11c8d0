package io.ratemesh.balancer.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import io.vertx.core.http.HttpServerRequest;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many requests on one connection to an upstream: each gets its own response, and none waits long for another's. */
class PipeliningTest {

    private static final Pattern TARGET = Pattern.compile("(GET|HEAD) (\\S+) HTTP");

    private final ProxyFixture fixture =
            new ProxyFixture(ProxySettings.of(8080).withPipelining(8).withStallTimeout(Duration.ofMillis(500)));

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void each_request_gets_its_own_response_over_few_connections() throws Exception {
        Set<Integer> connections = ConcurrentHashMap.newKeySet();
        fixture.server("a", request -> {
            connections.add(request.remoteAddress().port());
            request.response().end(request.uri());
        });
        warmUp("/warm");

        for (int round = 0; round < 20; round++) {
            List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                responses.add(send("/" + round + "/" + i));
            }
            for (int i = 0; i < 8; i++) {
                assertThat(responses.get(i).get(5, TimeUnit.SECONDS).body()).isEqualTo("/" + round + "/" + i);
            }
        }
        assertThat(connections).as("the first, and two that are shared").hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void requests_are_pipelined_on_one_connection() throws Exception {
        PausedUpstream upstream = new PausedUpstream();
        warmUp("/warm");

        List<CompletableFuture<HttpResponse<String>>> responses = List.of(send("/1"), send("/2"), send("/3"));

        await().untilAsserted(() -> assertThat(upstream.mostOnOneConnection()).isEqualTo(3));
        upstream.answerAll();
        assertThat(responses.get(0).get(5, TimeUnit.SECONDS).body()).isEqualTo("/1");
        assertThat(responses.get(2).get(5, TimeUnit.SECONDS).body()).isEqualTo("/3");
    }

    @Test
    void requests_behind_a_stalled_response_move_and_the_stalled_one_is_not_repeated() throws Exception {
        PausedUpstream upstream = new PausedUpstream();
        warmUp("/warm");
        CompletableFuture<HttpResponse<String>> stuck = send("/stuck");
        await().untilAsserted(() -> assertThat(upstream.mostOnOneConnection()).isEqualTo(1));
        CompletableFuture<HttpResponse<String>> behind = send("/behind");
        await().untilAsserted(() -> assertThat(upstream.mostOnOneConnection()).isEqualTo(2));

        // They are repeated on connections of their own.
        upstream.respondsToOthers = true;
        assertThat(behind.get(5, TimeUnit.SECONDS).body()).isEqualTo("/behind");
        assertThat(stuck).isNotDone();
        upstream.answerAll();
        assertThat(stuck.get(5, TimeUnit.SECONDS).body()).isEqualTo("/stuck");
        assertThat(upstream.received("/stuck")).isEqualTo(1);
    }

    @Test
    void an_unexpected_stream_gets_a_connection_of_its_own() throws Exception {
        CompletableFuture<HttpServerRequest> stream = new CompletableFuture<>();
        fixture.server("a", request -> {
            if (request.uri().equals("/stream")) {
                request.response().setChunked(true).write("first");
                stream.complete(request);
            } else {
                request.response().end(request.uri());
            }
        });
        warmUp("/warm");

        try (RawClient reader = new RawClient(fixture.port())) {
            reader.send("GET /stream HTTP/1.1\r\nHost: h\r\n\r\n");
            List<CompletableFuture<HttpResponse<String>>> others = List.of(send("/1"), send("/2"), send("/3"));
            reader.readTo("first");
            for (int i = 0; i < 3; i++) {
                assertThat(others.get(i).get(5, TimeUnit.SECONDS).body()).isEqualTo("/" + (i + 1));
            }
            assertThat(send("/later").get(5, TimeUnit.SECONDS).body()).isEqualTo("/later");
            stream.join().response().end("second");
            reader.readTo("second");
        }
    }

    @Test
    void a_client_abort_affects_no_other_request() throws Exception {
        PausedUpstream upstream = new PausedUpstream();
        warmUp("/warm");
        try (RawClient leaving = new RawClient(fixture.port())) {
            leaving.send("GET /left HTTP/1.1\r\nHost: h\r\n\r\n");
            await().untilAsserted(
                            () -> assertThat(upstream.mostOnOneConnection()).isEqualTo(1));
        }
        CompletableFuture<HttpResponse<String>> stays = send("/stays");
        await().untilAsserted(() -> assertThat(upstream.mostOnOneConnection()).isEqualTo(2));
        await().untilAsserted(() ->
                assertThat(fixture.counts.snapshot().clientAborts()).isEqualTo(1));

        upstream.answerAll();

        assertThat(stays.get(5, TimeUnit.SECONDS).body()).isEqualTo("/stays");
        assertThat(upstream.received("/stays")).isEqualTo(1);
        await().untilAsserted(() -> assertThat(fixture.loop.members())
                .extracting(UpstreamOnLoop::inFlight)
                .containsOnly(0));
    }

    @Test
    void a_response_to_HEAD_does_not_shift_the_others() throws Exception {
        fixture.server(
                "a",
                request -> request.response()
                        .putHeader(
                                "Content-Length", String.valueOf(request.uri().length()))
                        .end(request.uri()));
        warmUp("/warm");

        try (RawClient client = new RawClient(fixture.port())) {
            client.send("HEAD /head HTTP/1.1\r\nHost: h\r\n\r\nGET /get HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.readTo("\r\n\r\n")).containsIgnoringCase("content-length: 5");
            assertThat(client.readTo("/get")).contains("200 OK");
        }
    }

    @Test
    void a_broken_connection_fails_no_repeatable_request() throws Exception {
        PausedUpstream upstream = new PausedUpstream();
        warmUp("/warm");
        List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            responses.add(send("/" + i));
        }
        await().untilAsserted(() -> assertThat(upstream.mostOnOneConnection()).isGreaterThan(1));
        fixture.server("b", request -> request.response().end(request.uri()));

        upstream.breakAll();

        for (int i = 0; i < 6; i++) {
            assertThat(responses.get(i).get(5, TimeUnit.SECONDS).body()).isEqualTo("/" + i);
        }
    }

    @Test
    void requests_behind_a_response_with_close_are_repeated() throws Exception {
        PausedUpstream upstream = new PausedUpstream();
        warmUp("/warm");
        List<CompletableFuture<HttpResponse<String>>> responses = List.of(send("/1"), send("/2"), send("/3"));
        await().untilAsserted(() -> assertThat(upstream.mostOnOneConnection()).isEqualTo(3));

        upstream.respondsToOthers = true;
        upstream.respondToFirstAndClose();

        for (CompletableFuture<HttpResponse<String>> response : responses) {
            assertThat(response.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }
        assertThat(fixture.loop.members().get(0).counts().responseErrors()).isZero();
    }

    @Test
    void a_post_never_shares_a_connection() throws Exception {
        PausedUpstream upstream = new PausedUpstream();
        warmUp("/warm");
        CompletableFuture<HttpResponse<String>> first = send("/1");
        await().untilAsserted(() -> assertThat(upstream.mostOnOneConnection()).isEqualTo(1));

        CompletableFuture<HttpResponse<String>> posted = fixture.client.sendAsync(
                HttpRequest.newBuilder(fixture.uri("/post"))
                        .POST(HttpRequest.BodyPublishers.ofString("x"))
                        .build(),
                BodyHandlers.ofString());

        await().untilAsserted(() -> assertThat(upstream.posts).hasValue(1));
        assertThat(upstream.mostOnOneConnection()).isEqualTo(1);
        upstream.answerAll();
        assertThat(first.get(5, TimeUnit.SECONDS).body()).isEqualTo("/1");
        assertThat(posted).isNotDone();
    }

    /** The first request finds no shared connection, and one is opened. */
    private void warmUp(String target) throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(send(target).get(5, TimeUnit.SECONDS).body()).isEqualTo(target);
        }
    }

    private CompletableFuture<HttpResponse<String>> send(String target) {
        return fixture.client.sendAsync(
                HttpRequest.newBuilder(fixture.uri(target)).build(), BodyHandlers.ofString());
    }

    /** Responds on command only, except to /warm. */
    private final class PausedUpstream {

        private final List<Connection> connections = new CopyOnWriteArrayList<>();
        private final ConcurrentHashMap<String, Integer> received = new ConcurrentHashMap<>();
        private final AtomicInteger posts = new AtomicInteger();
        private volatile boolean respondsToOthers;

        private PausedUpstream() {
            fixture.rawServer("paused", socket -> {
                Connection connection = new Connection(socket);
                connections.add(connection);
                socket.handler(bytes -> connection.read(bytes.toString()));
            });
        }

        int mostOnOneConnection() {
            return connections.stream()
                    .mapToInt(each -> each.waiting.size())
                    .max()
                    .orElse(0);
        }

        int received(String target) {
            return received.getOrDefault(target, 0);
        }

        void answerAll() {
            connections.forEach(Connection::respond);
        }

        void respondToFirstAndClose() {
            for (Connection each : connections) {
                if (!each.waiting.isEmpty()) {
                    String target = each.waiting.remove(0);
                    each.waiting.clear();
                    each.socket.write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + target.length()
                            + "\r\n\r\n" + target);
                }
            }
        }

        void breakAll() {
            connections.forEach(each -> each.socket.close());
        }

        private final class Connection {
            private final io.vertx.core.net.NetSocket socket;
            private final List<String> waiting = new CopyOnWriteArrayList<>();

            private Connection(io.vertx.core.net.NetSocket socket) {
                this.socket = socket;
            }

            void read(String text) {
                if (text.startsWith("POST")) {
                    posts.incrementAndGet();
                }
                Matcher targets = TARGET.matcher(text);
                while (targets.find()) {
                    String target = targets.group(2);
                    received.merge(target, 1, Integer::sum);
                    waiting.add(target);
                    if (target.equals("/warm") || (respondsToOthers && waiting.size() == 1)) {
                        respond();
                    }
                }
            }

            void respond() {
                for (String target : waiting) {
                    socket.write("HTTP/1.1 200 OK\r\nContent-Length: " + target.length() + "\r\n\r\n" + target);
                }
                waiting.clear();
            }
        }
    }
}
