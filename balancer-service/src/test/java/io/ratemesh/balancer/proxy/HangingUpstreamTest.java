package io.ratemesh.balancer.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.balancer.loadbalance.PoolFixture;
import io.ratemesh.balancer.upstream.AdminState;
import io.ratemesh.balancer.upstream.UnresponsiveServer;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import io.ratemesh.node.settings.PoolSettings;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An upstream accepts requests and sends no response, while another of its pool responds. Timeouts are too long to matter. */
@SuppressWarnings("FutureReturnValueIgnored") // Most requests only keep the other upstream responding.
class HangingUpstreamTest {

    private static final String STREAM = "/stream";

    private final ProxyFixture fixture = new ProxyFixture(ProxySettings.of(8080));
    private final AtomicInteger taken = new AtomicInteger();
    private Upstream hung;

    @BeforeEach
    void two_servers_in_turn() {
        fixture.pool.reconfigure(PoolFixture.with(PoolSettings.Algorithm.ROUND_ROBIN));
        fixture.rawServer("hung", socket -> socket.handler(ignored -> taken.incrementAndGet()));
        fixture.server("well", request -> {
            if (request.path().equals(STREAM)) {
                request.response().setChunked(true).write("well");
            } else {
                request.response().end("well");
            }
        });
        hung = fixture.pool.find("hung").orElseThrow();
    }

    @AfterEach
    void end() {
        fixture.close();
    }

    @Test
    void a_repeatable_request_goes_elsewhere_once_a_check_has_no_response_either() throws Exception {
        CompletableFuture<HttpResponse<String>> stuck = stuck("GET");
        awaitDoubt();
        assertThat(stuck).isNotDone();

        hung.checkCompleted(PoolFixture.timedOut());

        assertThat(stuck.get(5, TimeUnit.SECONDS).body()).isEqualTo("well");
    }

    @Test
    void an_unrepeatable_request_stays_at_its_upstream() {
        CompletableFuture<HttpResponse<String>> stays = stuck("POST");
        CompletableFuture<HttpResponse<String>> moves = stuck("GET");
        awaitDoubt();

        hung.checkCompleted(PoolFixture.timedOut());

        await().until(moves::isDone);
        assertThat(stays).isNotDone();
    }

    @Test
    void a_suspected_upstream_gets_no_new_requests() {
        stuck("GET");
        awaitDoubt();
        int before = taken.get();

        for (int i = 0; i < 50; i++) {
            assertThat(send("GET").join().body()).isEqualTo("well");
        }

        assertThat(taken).hasValue(before);
    }

    @Test
    void a_passed_check_ends_the_suspicion_and_nothing_is_repeated() {
        CompletableFuture<HttpResponse<String>> busy = stuck("GET");
        awaitDoubt();
        int before = taken.get();

        hung.checkCompleted(PoolFixture.passed());

        await().until(() -> {
            send("GET");
            return taken.get() > before;
        });
        assertThat(busy).isNotDone();
    }

    @Test
    void it_is_found_although_all_requests_go_to_it() {
        fixture.pool.reconfigure(PoolFixture.with(PoolSettings.Algorithm.LEAST_CONNECTIONS));
        hung.setAdminState(AdminState.DRAIN);
        for (int i = 0; i < 3; i++) {
            fixture.client
                    .sendAsync(HttpRequest.newBuilder(fixture.uri(STREAM)).build(), BodyHandlers.ofInputStream())
                    .join();
        }
        hung.setAdminState(AdminState.READY);

        CompletableFuture<HttpResponse<String>> stuck = send("GET");
        await().until(hung::needsFastChecks);
        assertThat(taken).hasValue(1);
        assertThat(send("GET").join().body()).isEqualTo("well");

        hung.checkCompleted(PoolFixture.timedOut());
        assertThat(stuck.join().body()).isEqualTo("well");
    }

    @Test
    void a_request_to_a_lost_node_goes_elsewhere_without_a_check() {
        CompletableFuture<HttpResponse<String>> stuck = stuck("GET");
        awaitDoubt();

        hung.nodeLost();
        fixture.pool.remove(hung);

        assertThat(stuck.join().body()).isEqualTo("well");
    }

    @Test
    void a_request_to_a_node_that_is_lost_before_any_doubt_goes_elsewhere_too() {
        CompletableFuture<HttpResponse<String>> stuck = stuck("GET");

        hung.nodeLost();
        fixture.pool.remove(hung);

        assertThat(stuck.join().body()).isEqualTo("well");
    }

    @Test
    void whatever_is_still_connecting_goes_elsewhere() throws Exception {
        hung.setAdminState(AdminState.DRAIN);
        try (UnresponsiveServer server = new UnresponsiveServer()) {
            Upstream silent = fixture.up("silent", server.port());
            CompletableFuture<HttpResponse<String>> connecting = connecting(silent);
            await().until(() -> {
                send("HEAD");
                return silent.needsFastChecks();
            });
            silent.checkCompleted(PoolFixture.timedOut());

            assertThat(connecting.get(2, TimeUnit.SECONDS).body()).isEqualTo("well");
        }
    }

    /** Sends requests until one is at an upstream, without having been sent. */
    private CompletableFuture<HttpResponse<String>> connecting(Upstream silent) {
        for (int i = 0; i < 1000; i++) {
            CompletableFuture<HttpResponse<String>> response = send("POST");
            await().until(() -> response.isDone() || pending(silent) > 0);
            if (!response.isDone()) {
                return response;
            }
        }
        throw new AssertionError("no request is connecting");
    }

    private int pending(Upstream upstream) {
        return fixture.loop.members().stream()
                .filter(each -> each.upstream() == upstream)
                .mapToInt(UpstreamOnLoop::pendingResponses)
                .sum();
    }

    /** Sends requests until one has gone to the hanging upstream. */
    private CompletableFuture<HttpResponse<String>> stuck(String method) {
        int before = taken.get();
        for (int i = 0; i < 1000; i++) {
            CompletableFuture<HttpResponse<String>> response = sendAndSettle(method);
            if (taken.get() > before) {
                return response;
            }
        }
        throw new AssertionError("no request reached the hanging upstream");
    }

    /** The other upstream responds meanwhile, or there would be nothing to suspect. */
    private void awaitDoubt() {
        await().until(() -> {
            sendAndSettle("HEAD");
            return hung.needsFastChecks();
        });
    }

    /** Sends a request, and waits until it has its response or the hanging upstream has it. */
    private CompletableFuture<HttpResponse<String>> sendAndSettle(String method) {
        int before = taken.get();
        CompletableFuture<HttpResponse<String>> response = send(method);
        await().until(() -> response.isDone() || taken.get() > before);
        return response;
    }

    private CompletableFuture<HttpResponse<String>> send(String method) {
        HttpRequest request = HttpRequest.newBuilder(fixture.uri("/"))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return fixture.client.sendAsync(request, BodyHandlers.ofString());
    }
}
