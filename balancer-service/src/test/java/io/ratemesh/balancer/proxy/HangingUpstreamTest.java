package io.ratemesh.balancer.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.balancer.loadbalance.PoolFixture;
import io.ratemesh.balancer.upstream.Upstream;
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

    private final ProxyFixture fixture = new ProxyFixture(ProxySettings.of(8080));
    private final AtomicInteger taken = new AtomicInteger();
    private Upstream hung;

    @BeforeEach
    void two_servers_in_turn() {
        fixture.pool.reconfigure(PoolFixture.with(PoolSettings.Algorithm.ROUND_ROBIN));
        fixture.rawServer("hung", socket -> socket.handler(ignored -> taken.incrementAndGet()));
        fixture.server("well", request -> request.response().end("well"));
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
