package io.ratemesh.balancer.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.balancer.http.TrustedProxies;
import io.ratemesh.node.settings.AddressRange;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Message framing in the rare cases of HTTP/1. */
class MessagesTest {

    private final ProxyFixture fixture = new ProxyFixture(ProxySettings.of(8080)
            .withClientTimeout(ProxyFixture.CLIENT_TIMEOUT)
            .withTrusted(
                    TrustedProxies.of(List.of(AddressRange.parse("127.0.0.0/8").orElseThrow()))));

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_client_that_awaits_100_gets_the_upstreams() throws Exception {
        fixture.refusing("refusing");
        AtomicReference<String> seen = new AtomicReference<>("");
        try (RawClient client = new RawClient(fixture.port())) {
            client.send("PUT / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
            // It is queued, and gets no 100.
            fixture.server("a", request -> {
                seen.set(String.valueOf(request.getHeader("Expect")));
                request.response().writeContinue();
                request.body().onSuccess(request.response()::end);
            });
            assertThat(client.readTo("\r\n\r\n")).startsWith("HTTP/1.1 100 ");
            assertThat(client.send("body").readTo("body")).startsWith("HTTP/1.1 200 ");
        }
        assertThat(seen.get()).isEqualTo("100-continue");
    }

    @Test
    void without_an_upstream_there_is_no_100() throws Exception {
        try (RawClient client = new RawClient(fixture.port())) {
            client.send("PUT /api/ HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
            assertThat(client.readTo("}")).startsWith("HTTP/1.1 503 ");
        }
    }

    @Test
    void a_response_before_the_end_of_the_body_is_relayed_and_its_connection_is_not_kept() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        fixture.rawServer("a", socket -> {
            connections.incrementAndGet();
            Buffer got = Buffer.buffer();
            socket.handler(bytes -> {
                boolean first = got.length() == 0;
                got.appendBuffer(bytes);
                if (first) {
                    socket.write("HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno");
                }
            });
        });

        try (RawClient client = new RawClient(fixture.port())) {
            assertThat(client.send("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nhalf")
                            .readTo("no"))
                    .startsWith("HTTP/1.1 413 ");
            client.send("-there" + "GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.readTo("no")).startsWith("HTTP/1.1 413 ");
        }
        assertThat(connections).hasValue(2);
    }

    @Test
    void trailers_of_a_response_are_relayed_except_those_that_must_precede_the_content() throws Exception {
        fixture.rawServer(
                "a",
                socket -> socket.handler(bytes -> socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "2\r\nok\r\n0\r\nX-Sum: 5\r\nSet-Cookie: a=b\r\n\r\n")));

        try (RawClient client = new RawClient(fixture.port())) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
            assertThat(client.readAll()).endsWith("0\r\nX-Sum: 5\r\n\r\n");
        }
    }

    @Test
    void http_1_0_is_closed_after_a_response_of_unknown_length_even_with_keep_alive() throws Exception {
        fixture.server("a", request -> {
            request.response().setChunked(true).write("one,");
            request.response().end("two");
        });

        try (RawClient client = new RawClient(fixture.port())) {
            String response = client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                    .readAll();
            assertThat(response)
                    .endsWith("\r\n\r\none,two")
                    .doesNotContainIgnoringCase("transfer-encoding")
                    .containsIgnoringCase("connection: close");
        }
    }

    @Test
    void http_1_0_is_kept_alive_where_the_length_is_known() throws Exception {
        fixture.server("a", request -> request.response().end("ok"));

        try (RawClient client = new RawClient(fixture.port())) {
            for (int i = 0; i < 2; i++) {
                assertThat(client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                                .readTo("\r\n\r\nok"))
                        .containsIgnoringCase("connection: keep-alive");
            }
        }
    }

    @Test
    void a_response_of_http_1_0_may_end_with_its_connection() throws Exception {
        fixture.rawServer(
                "a", socket -> socket.handler(bytes -> socket.end(Buffer.buffer("HTTP/1.0 200 OK\r\n\r\nall of it"))));

        assertThat(fixture.client
                        .send(HttpRequest.newBuilder(fixture.uri("/")).build(), BodyHandlers.ofString())
                        .body())
                .isEqualTo("all of it");
    }

    @Test
    void a_response_without_length_and_content_is_complete() throws Exception {
        fixture.server("a", request -> request.response().setStatusCode(204).end());

        try (RawClient client = new RawClient(fixture.port())) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
            assertThat(client.readAll())
                    .startsWith("HTTP/1.1 204 ")
                    .endsWith("\r\n\r\n")
                    .doesNotContainIgnoringCase("content-length");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/page, text/html, text/html",
        "/page, '*/*', text/html",
        "/page, application/json, application/problem+json",
        "/api/x, text/html, application/problem+json",
        "/v1/latest, text/html, application/problem+json",
        "/v1, text/html, application/problem+json",
        "/v1?x, text/html, application/problem+json",
        "/v1x, text/html, text/html"
    })
    void a_failure_is_reported_in_a_form_that_the_client_accepts(String target, String accept, String type)
            throws Exception {
        fixture.rawServer("a", socket -> socket.handler(bytes -> socket.close()));

        try (RawClient client = new RawClient(fixture.port())) {
            client.send("GET " + target + " HTTP/1.1\r\nHost: h\r\nAccept: " + accept + "\r\n\r\n");
            assertThat(client.readTo("\r\n\r\n")).startsWith("HTTP/1.1 502 ").contains(type);
        }
    }

    @ParameterizedTest
    @CsvSource({"/v1/latest, true", "/v1, true", "/api/v1/convert, false"})
    void problems_are_readable_from_any_origin_and_have_a_message_for_Frankfurter_clients(
            String target, boolean message) throws Exception {
        fixture.rawServer("a", socket -> socket.handler(bytes -> socket.close()));

        try (RawClient client = new RawClient(fixture.port())) {
            client.send("GET " + target + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
            String response = client.readAll();

            assertThat(response)
                    .startsWith("HTTP/1.1 502 ")
                    .containsIgnoringCase("\r\nAccess-Control-Allow-Origin: *\r\n")
                    .containsIgnoringCase("\r\nAccess-Control-Expose-Headers: Retry-After\r\n");
            JsonObject problem = new JsonObject(response.substring(response.indexOf("\r\n\r\n") + 4));
            assertThat(problem.getString("message")).isEqualTo(message ? problem.getString("detail") : null);
        }
    }

    @Test
    void the_fields_of_a_trusted_proxy_are_kept_and_extended() throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        fixture.rawServer(
                "a",
                socket -> socket.handler(bytes -> {
                    seen.complete(bytes.toString());
                    socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                }));

        try (RawClient client = new RawClient(fixture.port())) {
            client.send("GET / HTTP/1.1\r\nHost: inner\r\nX-Forwarded-For: 1.2.3.4\r\nX-Forwarded-For: 5.6.7.8\r\n"
                            + "X-Forwarded-Proto: https\r\nX-Forwarded-Host: rates.example\r\nX-Forwarded-Port: 443x\r\n"
                            + "X-Forwarded-Prefix: /p\r\nForwarded: for=1.2.3.4\r\nX_Forwarded_Prefix: /q\r\n\r\n")
                    .readTo("ok");
        }

        assertThat(seen.get(5, TimeUnit.SECONDS))
                .contains("X-Forwarded-For: 1.2.3.4, 5.6.7.8, 127.0.0.1\r\n")
                .contains("X-Forwarded-Proto: https\r\n")
                .contains("X-Forwarded-Host: rates.example\r\n")
                .contains("X-Forwarded-Port: 8080\r\n")
                .contains("X-Forwarded-Prefix: /p\r\n")
                .contains("Forwarded: for=1.2.3.4\r\n")
                .doesNotContain("/q")
                .containsOnlyOnce("X-Forwarded-For");
    }

    @Test
    void a_drained_event_stream_ends_with_a_time_to_reconnect() throws Exception {
        fixture.server("a", request -> {
            request.response().setChunked(true).putHeader("Content-Type", "text/event-stream");
            request.response().write(request.uri().equals("/amid") ? "data: ha" : "data: 1\n\n");
        });

        try (RawClient between = new RawClient(fixture.port());
                RawClient amid = new RawClient(fixture.port())) {
            between.send("GET /between HTTP/1.1\r\nHost: h\r\n\r\n").readTo("data: 1\n\n");
            amid.send("GET /amid HTTP/1.1\r\nHost: h\r\n\r\n").readTo("data: ha");

            fixture.drain();

            assertThat(between.readTo("0\r\n\r\n")).contains("retry: 1000\n\n");
            assertThat(amid.readTo("0\r\n\r\n")).doesNotContain("retry");
        }
        await().untilAsserted(() ->
                assertThat(fixture.loop.members().get(0).inFlight()).isZero());
    }
}
