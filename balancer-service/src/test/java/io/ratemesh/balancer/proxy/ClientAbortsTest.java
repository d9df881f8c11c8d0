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

/** A client abort ends the request upstream within a second. */
class ClientAbortsTest {

    /** With the default timeouts, so that nothing is repeated during a test. */
    private final ProxyFixture fixture = new ProxyFixture(ProxySettings.of(8080));

    private final CompletableFuture<Void> received = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void before_the_response() throws Exception {
        upstreamSends("");

        leaveAfter("GET / HTTP/1.1\r\nHost: h\r\n\r\n", "");
    }

    @Test
    void during_the_response() throws Exception {
        upstreamSends("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsome");

        leaveAfter("GET / HTTP/1.1\r\nHost: h\r\n\r\n", "some");
    }

    @Test
    void during_a_stream() throws Exception {
        upstreamSends("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nsome\r\n");

        leaveAfter("GET / HTTP/1.1\r\nHost: h\r\n\r\n", "some");
    }

    @Test
    void during_its_own_body() throws Exception {
        upstreamSends("");

        leaveAfter("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\nsome", "");
    }

    @Test
    void during_its_own_chunks() throws Exception {
        upstreamSends("");

        leaveAfter("PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nsome\r\n", "");
    }

    @Test
    void an_abort_after_a_long_wait_counts_as_a_failure_of_the_upstream() throws Exception {
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
        long start = System.nanoTime();
        await().pollInterval(Duration.ofMillis(50)).until(() -> System.nanoTime() - start > 1_000_000_000L);

        // One by one, because simultaneous failures count as one.
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

    private void upstreamSends(String response) {
        fixture.rawServer("a", socket -> {
            socket.closeHandler(ignored -> ended.complete(null));
            socket.handler(bytes -> {
                if (received.complete(null) && !response.isEmpty()) {
                    socket.write(response);
                }
            });
        });
    }

    private void leaveAfter(String request, String seen) throws Exception {
        try (RawClient client = new RawClient(fixture.port())) {
            client.send(request);
            received.get(5, TimeUnit.SECONDS);
            client.readTo(seen);
        }
        ended.get(5, TimeUnit.SECONDS);
        await().untilAsserted(() ->
                assertThat(fixture.counts.snapshot().clientAborts()).isEqualTo(1));
        await().untilAsserted(() ->
                assertThat(fixture.loop.members().get(0).inFlight()).isZero());
    }
}
