package io.ratemesh.balancer.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.balancer.pool.Availability;
import io.ratemesh.balancer.pool.PoolFixture;
import io.ratemesh.balancer.pool.Upstream;
import io.ratemesh.balancer.pool.UpstreamOnLoop;
import io.ratemesh.node.settings.PoolSettings.Algorithm;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an upstream may not say is not passed on: 502 where nothing went out yet, else the client's connection is cut. */
class StrangeAnswersTest {

    private static final String GET = "GET /api/x HTTP/1.1\r\nHost: h\r\n\r\n";

    private final ProxyFixture fixture = new ProxyFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    static Stream<Arguments> strangeHeads() {
        return Stream.of(
                Arguments.of("two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nokk"),
                Arguments.of("a length twice", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok"),
                Arguments.of("a list of lengths", "HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\nok"),
                Arguments.of("a signed length", "HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\nok"),
                Arguments.of("a negative length", "HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nok"),
                Arguments.of("a length that is none", "HTTP/1.1 200 OK\r\nContent-Length: 0x2\r\n\r\nok"),
                Arguments.of(
                        "chunks and a length",
                        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"),
                Arguments.of(
                        "another coding below the chunks",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"),
                Arguments.of("an unknown coding", "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\nok"),
                Arguments.of(
                        "chunks in HTTP/1.0",
                        "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"),
                Arguments.of("a 204 with a length", "HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nok"),
                Arguments.of(
                        "a 101 that nobody asked for",
                        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"),
                Arguments.of(
                        "a control byte in a value", "HTTP/1.1 200 OK\r\nX: a\u0001b\r\nContent-Length: 2\r\n\r\nok"),
                Arguments.of("a NUL in a value", "HTTP/1.1 200 OK\r\nX: a\u0000b\r\nContent-Length: 2\r\n\r\nok"),
                Arguments.of("an empty name", "HTTP/1.1 200 OK\r\n: a\r\nContent-Length: 2\r\n\r\nok"),
                Arguments.of("a bare line feed", "HTTP/1.1 200 OK\nContent-Length: 2\n\nok"),
                Arguments.of("a head that is too large", "HTTP/1.1 200 OK\r\nX: " + "x".repeat(20_000) + "\r\n\r\n"),
                Arguments.of("another protocol", "HTTP/3.0 200 OK\r\nContent-Length: 2\r\n\r\nok"),
                Arguments.of("a status out of range", "HTTP/1.1 999 What\r\nContent-Length: 2\r\n\r\nok"),
                Arguments.of("garbage", "SSH-2.0-OpenSSH_9.2\r\n\r\n"),
                Arguments.of("no head at all", "\r\n\r\n\r\nhello\r\n\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("strangeHeads")
    void is_502_and_its_connection_is_thrown_away(String what, String answer) throws Exception {
        CompletableFuture<Void> thrownAway = new CompletableFuture<>();
        fixture.rawServer("a", socket -> {
            socket.closeHandler(ignored -> thrownAway.complete(null));
            socket.handler(bytes -> socket.write(Buffer.buffer(answer, "ISO-8859-1")));
        });

        try (RawClient client = new RawClient(fixture.port())) {
            String seen = client.send(GET).readTo("}");
            assertThat(seen).as(what).startsWith("HTTP/1.1 502 ").contains("upstream-broke");
        }
        thrownAway.get(3, TimeUnit.SECONDS);
        await().untilAsserted(this::assertNothingUnderWay);
    }

    static Stream<Arguments> brokenBodies() {
        return Stream.of(
                Arguments.of("too short", "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\npart"),
                Arguments.of(
                        "chunks without the last",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\n"),
                Arguments.of(
                        "a chunk cut off", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\nff\r\nx"),
                Arguments.of(
                        "a chunk size that is none",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\nzz\r\nx\r\n0\r\n\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenBodies")
    void a_body_that_is_broken_is_never_passed_off_as_whole(String what, String answer) throws Exception {
        fixture.rawServer("a", socket -> socket.handler(bytes -> socket.end(Buffer.buffer(answer))));

        try (RawClient client = new RawClient(fixture.port())) {
            String seen = client.send(GET).readAll();
            assertThat(seen).as(what).contains("part").doesNotContain("\r\n0\r\n\r\n");
        }
        await().untilAsserted(this::assertNothingUnderWay);
    }

    @Test
    void whoever_breaks_its_answers_in_the_middle_again_and_again_is_sent_out() throws Exception {
        fixture.rawServer(
                "breaking",
                socket -> socket.handler(
                        bytes -> socket.end(Buffer.buffer("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nsome"))));
        fixture.server("whole", request -> request.response().end("whole"));
        // By turns: errors alone would keep requests away, and no row would come together.
        fixture.pool.reconfigure(PoolFixture.with(Algorithm.ROUND_ROBIN));
        Upstream breaking = fixture.pool.find("breaking").orElseThrow();

        for (int requests = 0; breaking.availability() != Availability.EJECTED; requests++) {
            assertThat(requests).isLessThan(100);
            try (RawClient client = new RawClient(fixture.port())) {
                client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
                        .readAll();
            }
        }

        assertThat(fixture.pool.snapshot().counts().brokenMidway()).isEqualTo(5);
    }

    @Test
    void bytes_on_an_idle_connection_are_no_answer_to_the_next_request() throws Exception {
        List<NetSocket> sockets = new CopyOnWriteArrayList<>();
        AtomicInteger closed = new AtomicInteger();
        fixture.rawServer("a", socket -> {
            sockets.add(socket);
            socket.closeHandler(ignored -> closed.incrementAndGet());
            socket.handler(bytes -> socket.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ntrue"));
        });

        try (RawClient client = new RawClient(fixture.port())) {
            assertThat(client.send(GET).readTo("true")).contains("200");
            sockets.get(0).write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlies");
            await().untilAsserted(() -> assertThat(closed).hasValue(1));

            assertThat(client.send(GET).readTo("true")).doesNotContain("lies");
        }
    }

    @Test
    void what_follows_an_answer_in_the_same_breath_ends_the_connection() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        fixture.rawServer("a", socket -> {
            connections.incrementAndGet();
            socket.handler(
                    bytes -> socket.write("HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\n\r\nHTTP/1.1 200 OK\r\nConte"));
        });

        try (RawClient client = new RawClient(fixture.port())) {
            // Pipelined, so that the second is taken up as soon as the first is answered.
            client.send(GET + GET);
            assertThat(client.readTo("\r\n\r\n")).startsWith("HTTP/1.1 304");
            assertThat(client.readTo("\r\n\r\n")).startsWith("HTTP/1.1 304");
        }
        assertThat(connections).hasValue(2);
    }

    @Test
    void a_body_after_204_is_seen_by_nobody_and_ends_the_connection() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        fixture.rawServer("a", socket -> {
            connections.incrementAndGet();
            socket.handler(bytes -> socket.write(
                    "HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nHTTP/\r\n0\r\n\r\n"));
        });

        try (RawClient client = new RawClient(fixture.port())) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.send(GET).readTo("\r\n\r\n"))
                        .startsWith("HTTP/1.1 204")
                        .doesNotContainIgnoringCase("content-length")
                        .doesNotContainIgnoringCase("transfer-encoding");
            }
        }
        assertThat(connections).hasValue(3);
    }

    @Test
    void news_before_the_answer_are_kept_from_the_client() throws Exception {
        fixture.rawServer(
                "a",
                socket -> socket.handler(bytes -> socket.write("HTTP/1.1 102 Processing\r\n\r\n"
                        + "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"
                        + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")));

        try (RawClient client = new RawClient(fixture.port())) {
            assertThat(client.send(GET).readTo("\r\n\r\nok"))
                    .startsWith("HTTP/1.1 200 OK")
                    .doesNotContain("Link");
        }
    }

    private void assertNothingUnderWay() {
        assertThat(fixture.loop.members()).extracting(UpstreamOnLoop::inFlight).containsOnly(0);
    }
}
