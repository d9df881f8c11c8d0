package io.ratemesh.balancer.upstream.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.loadbalance.PoolFixture;
import io.ratemesh.balancer.upstream.CheckResult;
import io.ratemesh.balancer.upstream.CheckResult.Outcome;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.UpstreamState;
import io.ratemesh.node.settings.CheckSettings;
import io.ratemesh.node.settings.CheckSettings.Kind;
import io.ratemesh.node.settings.FailureSettings;
import io.ratemesh.node.settings.PoolSettings;
import io.ratemesh.node.settings.ServerSettings;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthCheckerTest {

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger status = new AtomicInteger(200);

    @AfterEach
    void close() {
        get(vertx.close());
    }

    @Test
    void failed_nodes_are_checked_and_recover() {
        Upstream upstream = checked(Kind.HTTP, http(this::respond));
        await().until(() -> upstream.state() == UpstreamState.UP);

        status.set(503);
        await().until(() -> upstream.state() == UpstreamState.DOWN);
        await().untilAsserted(() -> {
            CheckResult last = last(upstream);
            assertThat(last.outcome()).isEqualTo(Outcome.UNEXPECTED_STATUS);
            assertThat(last.detail()).contains("503").contains("must be 200-299");
        });

        status.set(204);
        await().until(() -> upstream.state() == UpstreamState.UP);
    }

    @Test
    void a_second_failure_report_of_the_same_node_does_not_kill_the_checker() {
        Upstream upstream = checked(Kind.HTTP, http(this::respond));
        await().until(() -> upstream.state() == UpstreamState.UP);

        for (int i = 0; i < 10; i++) {
            upstream.connectRefused();
        }

        await().until(() -> upstream.state() == UpstreamState.UP);
    }

    @Test
    void ipv6_check_host() {
        Queue<String> hosts = new ConcurrentLinkedQueue<>();
        int port = get(vertx.createHttpServer()
                        .requestHandler(request -> {
                            hosts.add(request.getHeader("Host"));
                            request.response().end();
                        })
                        .listen(0, "::1"))
                .actualPort();

        Upstream upstream = checked(Kind.HTTP, "::1", port);

        await().until(() -> upstream.state() == UpstreamState.UP);
        assertThat(hosts).containsOnly("[::1]:" + port);
    }

    @Test
    void a_tcp_check_needs_only_a_connection() {
        Upstream upstream = checked(Kind.TCP, raw(NetSocket::pause));

        await().until(() -> upstream.state() == UpstreamState.UP);
        assertThat(last(upstream).outcome()).isEqualTo(Outcome.CONNECTED);
    }

    @Test
    void a_refused_connection_is_reported() throws IOException {
        int port;
        try (ServerSocket taken = new ServerSocket(0)) {
            port = taken.getLocalPort();
        }
        Upstream http = checked(Kind.HTTP, port);

        await().until(() -> http.lastCheck().isPresent());
        assertThat(last(http).outcome()).isEqualTo(Outcome.CONNECT_FAILED);
    }

    @Test
    void a_hanging_check_times_out_and_closes_its_connection() {
        AtomicInteger open = new AtomicInteger();
        AtomicInteger mostOpen = new AtomicInteger();
        Upstream upstream = checked(Kind.HTTP, raw(socket -> {
            mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
            socket.closeHandler(ignored -> open.decrementAndGet());
        }));

        await().until(() -> upstream.lastCheck().isPresent());
        assertThat(last(upstream).outcome()).isEqualTo(Outcome.RESPONSE_TIMEOUT);
        await().until(() -> open.get() == 0);
        assertThat(mostOpen).hasValue(1);
    }

    @Test
    void an_endless_response_is_read_up_to_the_limit() {
        Upstream upstream = checked(Kind.HTTP, raw(socket -> {
            socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n");
            socket.write(Buffer.buffer(new byte[256 * 1024]));
        }));

        await().until(() -> upstream.state() == UpstreamState.UP);
        assertThat(last(upstream).status()).isEqualTo(200);
    }

    @Test
    void a_malformed_response_fails_the_check() {
        Upstream upstream = checked(Kind.HTTP, raw(socket -> socket.end(Buffer.buffer("lorem ipsum\r\n\r\n"))));

        await().until(() -> upstream.lastCheck().isPresent());
        assertThat(last(upstream).outcome()).isEqualTo(Outcome.INVALID_RESPONSE);
    }

    private void respond(HttpServerRequest request) {
        assertThat(request.path()).isEqualTo("/health");
        request.response().setStatusCode(status.get()).end();
    }

    private int http(Handler<HttpServerRequest> handler) {
        return get(vertx.createHttpServer().requestHandler(handler).listen(0, "127.0.0.1"))
                .actualPort();
    }

    private int raw(Handler<NetSocket> handler) {
        return get(vertx.createNetServer().connectHandler(handler).listen(0, "127.0.0.1"))
                .actualPort();
    }

    private Upstream checked(Kind kind, int port) {
        return checked(kind, "127.0.0.1", port);
    }

    private Upstream checked(Kind kind, String host, int port) {
        PoolSettings plain = PoolFixture.PLAIN;
        CheckSettings check = new CheckSettings(
                kind,
                "/health",
                plain.check().expected(),
                Duration.ofMillis(100),
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                2,
                3);
        Pool pool = new Pool(
                new PoolSettings(
                        "servers",
                        plain.discover(),
                        plain.servers(),
                        plain.algorithm(),
                        check,
                        0,
                        plain.queue(),
                        Duration.ZERO,
                        0,
                        PoolSettings.Timeouts.DEFAULT,
                        PoolSettings.Resolve.DEFAULT,
                        FailureSettings.DEFAULT),
                System::nanoTime);
        Upstream upstream = pool.add("a", new ServerSettings(host, port, 1, false));
        vertx.runOnContext(ignored -> new HealthChecker(vertx, pool));
        return upstream;
    }

    private static CheckResult last(Upstream upstream) {
        return upstream.lastCheck().orElseThrow();
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
