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

/** An upstream takes requests and answers none, while another of its pool answers. Patience is so long that it decides nothing. */
@SuppressWarnings("FutureReturnValueIgnored") // Many are asked only for there to be some.
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
    void a_request_that_may_be_repeated_goes_to_another_once_a_check_has_no_answer_either() throws Exception {
        CompletableFuture<HttpResponse<String>> stuck = stuck("GET");
        awaitDoubt();
        assertThat(stuck).isNotDone();

        hung.checkCompleted(PoolFixture.silent());

        assertThat(stuck.get(5, TimeUnit.SECONDS).body()).isEqualTo("well");
    }

    @Test
    void one_that_may_not_be_repeated_stays_where_it_is() {
        CompletableFuture<HttpResponse<String>> stays = stuck("POST");
        CompletableFuture<HttpResponse<String>> moves = stuck("GET");
        awaitDoubt();

        hung.checkCompleted(PoolFixture.silent());

        await().until(moves::isDone);
        assertThat(stays).isNotDone();
    }

    @Test
    void as_long_as_it_is_doubted_it_gets_nothing_new() {
        stuck("GET");
        awaitDoubt();
        int before = taken.get();

        for (int i = 0; i < 50; i++) {
            assertThat(ask("GET").join().body()).isEqualTo("well");
        }

        assertThat(taken).hasValue(before);
    }

    @Test
    void a_check_that_is_answered_ends_the_doubt_and_nothing_is_asked_twice() {
        CompletableFuture<HttpResponse<String>> busy = stuck("GET");
        awaitDoubt();
        int before = taken.get();

        hung.checkCompleted(PoolFixture.passed());

        await().until(() -> {
            ask("GET");
            return taken.get() > before;
        });
        assertThat(busy).isNotDone();
    }

    /** Asks until one has gone to the one that hangs. */
    private CompletableFuture<HttpResponse<String>> stuck(String method) {
        int before = taken.get();
        for (int i = 0; i < 1000; i++) {
            CompletableFuture<HttpResponse<String>> answer = ask(method);
            await().until(() -> answer.isDone() || taken.get() > before);
            if (taken.get() > before) {
                return answer;
            }
        }
        throw new AssertionError("never asked");
    }

    /** The other answers meanwhile, or there would be nothing to doubt. */
    private void awaitDoubt() {
        await().until(() -> {
            ask("HEAD");
            return hung.needsFastChecks();
        });
    }

    private CompletableFuture<HttpResponse<String>> ask(String method) {
        HttpRequest request = HttpRequest.newBuilder(fixture.uri("/"))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return fixture.client.sendAsync(request, BodyHandlers.ofString());
    }
}
