package io.ratemesh.balancer.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections to upstreams are reused as long as both sides keep them. */
class KeepAliveConnectionsTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

    private final ProxyFixture fixture = new ProxyFixture();
    private final List<NetSocket> opened = new CopyOnWriteArrayList<>();
    private final AtomicInteger closed = new AtomicInteger();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_connection_is_reused() throws Exception {
        upstreamSends("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");

        try (RawClient client = new RawClient(fixture.port())) {
            for (int i = 0; i < 5; i++) {
                client.send(GET).readTo("ok");
            }
        }

        assertThat(opened).hasSize(1);
    }

    @Test
    void a_connection_that_the_upstream_closes_is_not_reused() throws Exception {
        upstreamSends("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok");

        try (RawClient client = new RawClient(fixture.port())) {
            for (int i = 0; i < 3; i++) {
                client.send(GET).readTo("ok");
            }
        }

        assertThat(opened).hasSize(3);
        await().untilAsserted(() -> assertThat(closed).hasValue(3));
    }

    @Test
    void an_idle_connection_is_closed_before_the_upstream_closes_it() throws Exception {
        upstreamSends("HTTP/1.1 200 OK\r\nKeep-Alive: timeout=2\r\nContent-Length: 2\r\n\r\nok");

        try (RawClient client = new RawClient(fixture.port())) {
            client.send(GET).readTo("ok");
            await().atMost(Duration.ofMillis(1990))
                    .untilAsserted(() -> assertThat(closed).hasValue(1));
            client.send(GET).readTo("ok");
        }

        assertThat(opened).hasSize(2);
    }

    @Test
    void a_connection_that_was_closed_while_idle_fails_no_request() throws Exception {
        upstreamSends("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");

        try (RawClient client = new RawClient(fixture.port())) {
            client.send(GET).readTo("ok");
            opened.get(0).close();
            await().untilAsserted(() -> assertThat(closed).hasValue(1));
            assertThat(client.send(GET).readTo("ok")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void connections_to_a_removed_upstream_are_closed() throws Exception {
        // It is not closed for being idle during the test.
        upstreamSends("HTTP/1.1 200 OK\r\nKeep-Alive: timeout=60\r\nContent-Length: 2\r\n\r\nok");

        try (RawClient client = new RawClient(fixture.port())) {
            client.send(GET).readTo("ok");
            fixture.pool.remove(fixture.pool.find("a").orElseThrow());
            fixture.server("b", request -> request.response().end("ok"));
            client.send(GET).readTo("ok");
            await().untilAsserted(() -> assertThat(closed).hasValue(1));
        }
    }

    private void upstreamSends(String response) {
        fixture.rawServer("a", socket -> {
            opened.add(socket);
            socket.closeHandler(ignored -> closed.incrementAndGet());
            socket.handler(bytes -> socket.write(response));
        });
    }
}
