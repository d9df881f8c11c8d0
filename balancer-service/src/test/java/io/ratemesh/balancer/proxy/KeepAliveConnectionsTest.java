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

/** Connections to upstreams are used again, for as long as both sides keep them. */
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
    void one_is_used_again() throws Exception {
        upstreamAnswers("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");

        try (RawClient client = new RawClient(fixture.port())) {
            for (int i = 0; i < 5; i++) {
                client.send(GET).readTo("ok");
            }
        }

        assertThat(opened).hasSize(1);
    }

    @Test
    void one_of_which_the_upstream_says_that_it_closes_is_not() throws Exception {
        upstreamAnswers("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok");

        try (RawClient client = new RawClient(fixture.port())) {
            for (int i = 0; i < 3; i++) {
                client.send(GET).readTo("ok");
            }
        }

        assertThat(opened).hasSize(3);
        await().untilAsserted(() -> assertThat(closed).hasValue(3));
    }

    @Test
    void one_that_idles_is_closed_before_the_upstream_does() throws Exception {
        upstreamAnswers("HTTP/1.1 200 OK\r\nKeep-Alive: timeout=2\r\nContent-Length: 2\r\n\r\nok");

        try (RawClient client = new RawClient(fixture.port())) {
            client.send(GET).readTo("ok");
            await().atMost(Duration.ofMillis(1990))
                    .untilAsserted(() -> assertThat(closed).hasValue(1));
            client.send(GET).readTo("ok");
        }

        assertThat(opened).hasSize(2);
    }

    @Test
    void one_that_died_while_it_idled_costs_nobody_an_answer() throws Exception {
        upstreamAnswers("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");

        try (RawClient client = new RawClient(fixture.port())) {
            client.send(GET).readTo("ok");
            opened.get(0).close();
            await().untilAsserted(() -> assertThat(closed).hasValue(1));
            assertThat(client.send(GET).readTo("ok")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void those_to_an_upstream_that_left_are_closed() throws Exception {
        upstreamAnswers("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");

        try (RawClient client = new RawClient(fixture.port())) {
            client.send(GET).readTo("ok");
            fixture.pool.remove(fixture.pool.find("a").orElseThrow());
            fixture.server("b", request -> request.response().end("ok"));
            client.send(GET).readTo("ok");
            await().atMost(Duration.ofSeconds(2))
                    .untilAsserted(() -> assertThat(closed).hasValue(1));
        }
    }

    private void upstreamAnswers(String answer) {
        fixture.rawServer("a", socket -> {
            opened.add(socket);
            socket.closeHandler(ignored -> closed.incrementAndGet());
            socket.handler(bytes -> socket.write(answer));
        });
    }
}
