package io.ratemesh.balancer.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.balancer.loadbalance.PoolFixture;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.UpstreamState;
import io.ratemesh.node.settings.PoolSettings.Algorithm;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An invalid response is not relayed: 502 where nothing was sent yet, else the client's connection is reset. */
class InvalidResponsesTest {

    private static final String GET = "GET /api/x HTTP/1.1\r\nHost: h\r\n\r\n";

    private final ProxyFixture fixture = new ProxyFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void an_upstream_that_repeatedly_aborts_responses_is_ejected() throws Exception {
        fixture.rawServer(
                "breaking",
                socket -> socket.handler(
                        bytes -> socket.end(Buffer.buffer("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nsome"))));
        fixture.server("whole", request -> request.response().end("whole"));
        // In turn: errors alone would move requests elsewhere before there are enough in a row.
        fixture.pool.reconfigure(PoolFixture.with(Algorithm.ROUND_ROBIN));
        Upstream breaking = fixture.pool.find("breaking").orElseThrow();

        for (int requests = 0; breaking.state() != UpstreamState.EJECTED; requests++) {
            assertThat(requests).isLessThan(100);
            try (RawClient client = new RawClient(fixture.port())) {
                client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
                        .readAll();
            }
        }

        assertThat(fixture.pool.snapshot().counts().serverAborts()).isEqualTo(5);
    }

    @Test
    void bytes_on_an_idle_connection_are_no_response_to_the_next_request() throws Exception {
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
    void bytes_after_a_response_in_the_same_read_close_the_connection() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        fixture.rawServer("a", socket -> {
            connections.incrementAndGet();
            socket.handler(
                    bytes -> socket.write("HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\n\r\nHTTP/1.1 200 OK\r\nConte"));
        });

        try (RawClient client = new RawClient(fixture.port())) {
            // Pipelined, so that the second is sent as soon as the first has its response.
            client.send(GET + GET);
            assertThat(client.readTo("\r\n\r\n")).startsWith("HTTP/1.1 304");
            assertThat(client.readTo("\r\n\r\n")).startsWith("HTTP/1.1 304");
        }
        assertThat(connections).hasValue(2);
    }

    @Test
    void content_after_204_is_not_relayed_and_closes_the_connection() throws Exception {
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
}
