package io.ratemesh.balancer.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.balancer.upstream.CheckResult;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.UpstreamState;
import io.ratemesh.balancer.upstream.health.HealthChecker;
import io.ratemesh.balancer.upstream.resolve.HostsAndDns;
import io.ratemesh.balancer.upstream.resolve.NameResolver;
import io.ratemesh.node.address.IpAddresses;
import io.ratemesh.node.settings.ServerSettings;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servers listed by name: all addresses of the name are tried, and changes are followed. */
class NamedUpstreamTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

    private final ProxyFixture fixture = new ProxyFixture();
    private volatile Future<NameResolver.Resolved> resolution = Future.failedFuture("no such name");

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void localhost_on_ipv6_only() throws Exception {
        int port = listen("::1", 0).actualPort();

        Upstream upstream = named("localhost", port, new HostsAndDns(fixture.vertx));

        await().until(() -> upstream.state() == UpstreamState.UP);
        assertThat(upstream.addresses().current()).isEqualTo(address("::1"));
        try (RawClient client = new RawClient(fixture.port())) {
            assertThat(client.send(GET).readTo("::1")).startsWith("HTTP/1.1 200 ");
        }
        assertThat(fixture.pool.snapshot().servers().get(0).addresses())
                .containsExactly(address("::1"), address("127.0.0.1"));
    }

    @Test
    void a_request_uses_the_next_address_where_one_refuses_connections() throws Exception {
        HttpServer first = listen("127.0.0.1", 0);
        listen("127.0.0.2", first.actualPort());
        has("127.0.0.1", "127.0.0.2");
        Upstream upstream = named("web.example", first.actualPort());
        await().until(() -> upstream.state() == UpstreamState.UP);

        ProxyFixture.await(first.close());

        try (RawClient client = new RawClient(fixture.port())) {
            assertThat(client.send(GET).readTo("127.0.0.2")).startsWith("HTTP/1.1 200 ");
        }
        assertThat(upstream.state()).isEqualTo(UpstreamState.UP);
    }

    @Test
    void connections_to_an_address_that_the_name_no_longer_has_are_retired() throws Exception {
        Queue<HttpServerRequest> waiting = new ConcurrentLinkedQueue<>();
        CompletableFuture<Void> retired = new CompletableFuture<>();
        HttpServer before = ProxyFixture.await(fixture.vertx
                .createHttpServer()
                .requestHandler(request -> {
                    if (request.path().equals("/slow")) {
                        waiting.add(request);
                    } else if (request.path().equals("/health")) {
                        request.response().end();
                    } else {
                        request.connection().closeHandler(ignored -> retired.complete(null));
                        request.response().end("before");
                    }
                })
                .listen(0, "127.0.0.1"));
        listen("127.0.0.2", before.actualPort());
        has("127.0.0.1");
        Upstream upstream = named("web.example", before.actualPort());
        await().until(() -> upstream.state() == UpstreamState.UP);

        try (RawClient slow = new RawClient(fixture.port());
                RawClient client = new RawClient(fixture.port())) {
            slow.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
            await().until(() -> !waiting.isEmpty());
            client.send(GET).readTo("before");
            has("127.0.0.2");
            upstream.setAddresses(List.of(address("127.0.0.2")));

            await().until(retired::isDone);
            client.send(GET).readTo("127.0.0.2");
            waiting.remove().response().end("what was under way ends");
            assertThat(slow.readTo("what was under way ends")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void an_unresolved_name_is_down_with_its_reason_until_it_resolves() throws Exception {
        int port = listen("127.0.0.1", 0).actualPort();
        Upstream upstream = named("later.example", port);
        await().until(() -> upstream.lastCheck().isPresent());
        assertThat(upstream.state().isServing()).isFalse();
        assertThat(upstream.lastCheck().map(CheckResult::detail)).hasValue("no address: no such name");
        assertThat(fixture.pool.snapshot().servers().get(0).resolveError()).isEqualTo("no such name");

        has("127.0.0.1");
        upstream.setAddresses(List.of(address("127.0.0.1")));

        await().atMost(Duration.ofSeconds(20)).until(() -> upstream.state() == UpstreamState.UP);
    }

    private HttpServer listen(String bind, int port) {
        return ProxyFixture.await(fixture.vertx
                .createHttpServer()
                .requestHandler(request -> request.response().end(bind))
                .listen(port, bind));
    }

    private void has(String... addresses) {
        resolution = Future.succeededFuture(new NameResolver.Resolved(
                Stream.of(addresses).map(NamedUpstreamTest::address).toList(), Duration.ZERO));
    }

    private Upstream named(String host, int port) {
        return named(host, port, name -> resolution);
    }

    private Upstream named(String host, int port, NameResolver resolver) {
        Upstream upstream = fixture.pool.add("a", new ServerSettings(host, port, 1, false));
        fixture.vertx.runOnContext(ignored -> new HealthChecker(fixture.vertx, fixture.pool, resolver));
        return upstream;
    }

    private static InetAddress address(String written) {
        return Objects.requireNonNull(IpAddresses.parse(written));
    }
}
