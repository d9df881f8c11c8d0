package io.ratemesh.balancer.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.UpstreamState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client that leaves takes its request along, within a second. */
class ClientAbortsTest {

    /** With the usual patience: nobody is asked anew while a test waits. */
    private final ProxyFixture fixture = new ProxyFixture(ProxySettings.of(8080));

    private final CompletableFuture<Void> asked = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void while_it_waits_for_the_answer() throws Exception {
        upstreamAnswers("");

        leaveAfter("GET / HTTP/1.1\r\nHost: h\r\n\r\n", "");
    }

    @Test
    void amid_the_answer() throws Exception {
        upstreamAnswers("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsome");

        leaveAfter("GET / HTTP/1.1\r\nHost: h\r\n\r\n", "some");
    }

    @Test
    void amid_a_stream() throws Exception {
        upstreamAnswers("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nsome\r\n");

        leaveAfter("GET / HTTP/1.1\r\nHost: h\r\n\r\n", "some");
    }

    @Test
    void amid_its_own_body() throws Exception {
        upstreamAnswers("");

        leaveAfter("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\nsome", "");
    }

    @Test
    void amid_its_own_chunks() throws Exception {
        upstreamAnswers("");

        leaveAfter("PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nsome\r\n", "");
    }

    @Test
    void after_a_long_wait_it_speaks_against_the_upstream() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        for (String id : List.of("a", "b")) {
            fixture.rawServer(id, socket -> socket.handler(bytes -> requests.incrementAndGet()));
        }
        List<RawClient> waiting = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            RawClient client = new RawClient(fixture.port());
            waiting.add(client);
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            int sent = i;
            await().until(() -> requests.get() == sent);
        }
        long asked = System.nanoTime();
        await().pollInterval(Duration.ofMillis(50)).until(() -> System.nanoTime() - asked > 1_000_000_000L);

        // One by one, since failures at the same moment count as one.
        for (RawClient client : waiting) {
            long before = fixture.counts.snapshot().clientAborts();
            long since = System.nanoTime();
            client.close();
            await().pollInterval(Duration.ofMillis(10))
                    .until(() -> fixture.counts.snapshot().clientAborts() > before
                            && System.nanoTime() - since > 25_000_000L);
        }

        await().untilAsserted(() ->
                assertThat(fixture.pool.upstreams()).extracting(Upstream::state).contains(UpstreamState.EJECTED));
    }

    private void upstreamAnswers(String answer) {
        fixture.rawServer("a", socket -> {
            socket.closeHandler(ignored -> ended.complete(null));
            socket.handler(bytes -> {
                if (asked.complete(null) && !answer.isEmpty()) {
                    socket.write(answer);
                }
            });
        });
    }

    private void leaveAfter(String request, String seen) throws Exception {
        try (RawClient client = new RawClient(fixture.port())) {
            client.send(request);
            asked.get(5, TimeUnit.SECONDS);
            client.readTo(seen);
        }
        ended.get(1, TimeUnit.SECONDS);
        await().untilAsserted(() ->
                assertThat(fixture.counts.snapshot().clientAborts()).isEqualTo(1));
        await().untilAsserted(() ->
                assertThat(fixture.loop.members().get(0).inFlight()).isZero());
    }
}
