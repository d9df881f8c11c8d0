package io.ratemesh.balancer.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.balancer.loadbalance.DnsStatus;
import io.ratemesh.balancer.loadbalance.PoolFixture;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.UpstreamSnapshot;
import io.ratemesh.balancer.upstream.UpstreamState;
import io.ratemesh.balancer.upstream.health.HealthChecker;
import io.ratemesh.balancer.upstream.resolve.TestNameServer;
import io.ratemesh.node.settings.DnsSettings;
import io.ratemesh.node.settings.DnsSettings.Family;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A name server names the servers of a pool; both are real. */
class DnsPoolTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

    private final ProxyFixture fixture = new ProxyFixture();
    private final TestNameServer names = new TestNameServer();
    private final Queue<HttpServerRequest> waiting = new ConcurrentLinkedQueue<>();

    DnsPoolTest() throws Exception {}

    @AfterEach
    void close() throws Exception {
        fixture.close();
        names.close();
    }

    @Test
    void requests_fail_until_the_name_resolves_and_are_served_from_then_on_also_while_dns_is_down() throws Exception {
        int port = listen("127.0.0.1", 0).actualPort();
        names.setFailing(true);
        discover("web.example", port);
        await().until(() -> status().failures() > 1);
        try (RawClient client = new RawClient(fixture.port())) {
            assertThat(client.send(GET).readTo("\r\n")).startsWith("HTTP/1.1 503 ");
        }

        names.setAddresses("web.example", 0, "127.0.0.1");
        names.setFailing(false);
        await().until(() -> isUp("127.0.0.1:" + port));
        names.setFailing(true);
        long failures = status().failures();
        await().until(() -> status().failures() > failures);

        try (RawClient client = new RawClient(fixture.port())) {
            assertThat(client.send(GET).readTo("127.0.0.1")).startsWith("HTTP/1.1 200 ");
        }
        assertThat(status().error()).contains("web.example");
    }

    @Test
    void a_server_that_leaves_gets_no_new_request_and_ends_those_under_way() throws Exception {
        int port = listen("127.0.0.1", 0).actualPort();
        listen("127.0.0.2", port);
        names.setAddresses("web.example", 0, "127.0.0.1");
        discover("web.example", port);
        await().until(() -> isUp("127.0.0.1:" + port));

        try (RawClient slow = new RawClient(fixture.port());
                RawClient client = new RawClient(fixture.port())) {
            slow.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
            await().until(() -> !waiting.isEmpty());
            names.setAddresses("web.example", 0, "127.0.0.2");
            await().until(() -> isUp("127.0.0.2:" + port));

            assertThat(client.send(GET).readTo("127.0.0.2")).startsWith("HTTP/1.1 200 ");
            waiting.remove().response().end("what was under way ends");
            assertThat(slow.readTo("what was under way ends")).startsWith("HTTP/1.1 200 ");
        }
        assertThat(fixture.pool.snapshot().servers())
                .extracting(UpstreamSnapshot::id)
                .containsExactly("127.0.0.2:" + port);
    }

    @Test
    void services_are_servers_by_the_names_of_their_targets_which_the_same_name_server_resolves() throws Exception {
        int port = listen("127.0.0.1", 0).actualPort();
        names.setServices("_http._tcp.web.example", 60, "1 30 " + port + " a.example", "2 1 " + port + " b.example");
        names.setAddresses("a.example", 60, "127.0.0.1");
        names.setAddresses("b.example", 60, "127.0.0.1");

        discover(new DnsSettings("_http._tcp.web.example", true, 0, Family.AUTO, List.of(names.address()), 100));

        await().until(() -> isUp("a.example:" + port) && isUp("b.example:" + port));
        assertThat(fixture.pool.snapshot().servers())
                .extracting(UpstreamSnapshot::id, UpstreamSnapshot::weight, UpstreamSnapshot::backup)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a.example:" + port, 30, false),
                        org.assertj.core.groups.Tuple.tuple("b.example:" + port, 1, true));
        try (RawClient client = new RawClient(fixture.port())) {
            assertThat(client.send(GET).readTo("127.0.0.1")).startsWith("HTTP/1.1 200 ");
        }
    }

    private HttpServer listen(String bind, int port) {
        return ProxyFixture.await(fixture.vertx
                .createHttpServer()
                .requestHandler(request -> {
                    if (request.path().equals("/slow")) {
                        waiting.add(request);
                    } else {
                        request.response().end(bind);
                    }
                })
                .listen(port, bind));
    }

    private void discover(String name, int port) {
        discover(new DnsSettings(name, false, port, Family.AUTO, List.of(names.address()), 100));
    }

    private void discover(DnsSettings dns) {
        fixture.pool.reconfigure(PoolFixture.withDns(dns));
        fixture.vertx.runOnContext(ignored -> new HealthChecker(fixture.vertx, fixture.pool));
        await().until(() -> fixture.pool.snapshot().dns().isPresent());
    }

    private boolean isUp(String id) {
        return fixture.pool
                .find(id)
                .map(Upstream::state)
                .filter(UpstreamState.UP::equals)
                .isPresent();
    }

    private DnsStatus status() {
        return fixture.pool.snapshot().dns().orElseThrow();
    }
}
