package io.ratemesh.balancer.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The summary of an exchange, in HAProxy's terms. */
class ExchangeLogTest {

    private final List<ExchangeSummary> ended = new CopyOnWriteArrayList<>();
    private final ProxyFixture fixture =
            new ProxyFixture(ProxySettings.of(8080).withLog(ended::add)).withResponseTimeout(Duration.ofMillis(600));

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_complete_exchange() throws Exception {
        fixture.server(
                "a",
                request -> request.body()
                        .onSuccess(body -> request.response().setStatusCode(201).end("made")));

        ExchangeSummary end = after("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc", "made");

        assertThat(end.termination()).hasToString("--");
        assertThat(end.status()).isEqualTo(201);
        assertThat(end.bytesReceived()).isEqualTo(3);
        assertThat(end.bytesSent()).isEqualTo(4);
        assertThat(end.upstream()).isNotNull().extracting("id").isEqualTo("a");
        assertThat(end.request().uri()).isEqualTo("/x");
        assertThat(end.retries()).isZero();
        assertThat(end.connectMillis()).isNotNegative();
        assertThat(end.responseMillis()).isNotNegative();
        assertThat(end.totalMillis()).isGreaterThanOrEqualTo(end.connectMillis() + end.responseMillis());
    }

    @Test
    void an_upstream_that_never_responds() throws Exception {
        fixture.rawServer("a", socket -> socket.handler(bytes -> {}));

        ExchangeSummary end = after("GET / HTTP/1.1\r\nHost: h\r\n\r\n", "HTTP/1.1 504 ");

        assertThat(end.termination()).hasToString("sH");
        assertThat(end.responseMillis()).isEqualTo(-1);
        assertThat(end.totalMillis()).isGreaterThanOrEqualTo(600);
    }

    @Test
    void an_upstream_that_aborts_before_and_during_the_response() throws Exception {
        fixture.rawServer("a", socket -> socket.handler(bytes -> socket.close()));
        assertThat(after("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx", "HTTP/1.1 502 ")
                        .termination())
                .hasToString("SH");

        ended.clear();
        fixture.pool.remove(fixture.pool.find("a").orElseThrow());
        fixture.rawServer(
                "b",
                socket -> socket.handler(
                        bytes -> socket.end(Buffer.buffer("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nsome"))));
        assertThat(after("GET / HTTP/1.1\r\nHost: h\r\n\r\n", "some").termination())
                .hasToString("SD");
    }

    @Test
    void a_malformed_response() throws Exception {
        fixture.rawServer(
                "a", socket -> socket.handler(bytes -> socket.write("HTTP/1.1 101 What\r\nUpgrade: x\r\n\r\n")));

        assertThat(after("GET / HTTP/1.1\r\nHost: h\r\n\r\n", "HTTP/1.1 502 ").termination())
                .hasToString("PH");
    }

    @Test
    void a_refused_connect_that_is_redispatched() throws Exception {
        fixture.refusing("refusing");
        fixture.server("a", request -> request.response().end("ok"));

        ExchangeSummary end = after("GET / HTTP/1.1\r\nHost: h\r\n\r\n", "ok");

        assertThat(end.termination()).hasToString("--");
        assertThat(end.retries()).isEqualTo(1);
        assertThat(end.upstream()).isNotNull().extracting("id").isEqualTo("a");
    }

    @Test
    void without_a_connection_there_is_no_connect_time() throws Exception {
        fixture.refusing("refusing");

        ExchangeSummary end = after("GET / HTTP/1.1\r\nHost: h\r\n\r\n", "HTTP/1.1 50");

        assertThat(end.connectMillis()).isEqualTo(-1);
        assertThat(end.responseMillis()).isEqualTo(-1);
        assertThat(end.queuedMillis()).isBetween(0L, end.totalMillis());
        assertThat(end.bytesSent()).as("of the error page").isPositive();
    }

    @Test
    void a_client_that_aborts() throws Exception {
        fixture.rawServer(
                "a",
                socket -> socket.handler(bytes -> socket.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nsome")));

        try (RawClient client = new RawClient(fixture.port())) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").readTo("some");
        }

        await().untilAsserted(() -> assertThat(ended).hasSize(1));
        assertThat(ended.get(0).termination()).hasToString("CD");
        assertThat(ended.get(0).status()).isEqualTo(200);
        assertThat(ended.get(0).bytesSent()).isEqualTo(4);
    }

    @Test
    void no_upstream_available() throws Exception {
        ExchangeSummary end = after("GET / HTTP/1.1\r\nHost: h\r\n\r\n", "HTTP/1.1 50");

        assertThat(end.upstream()).isNull();
        assertThat(end.termination().code()).endsWith("Q");
    }

    private ExchangeSummary after(String request, String seen) throws Exception {
        try (RawClient client = new RawClient(fixture.port())) {
            client.send(request).readTo(seen);
            await().untilAsserted(() -> assertThat(ended).hasSize(1));
        }
        return ended.get(0);
    }
}
