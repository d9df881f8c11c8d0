package io.ratemesh.balancer.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.node.settings.FailureSettings;
import io.ratemesh.node.settings.FailureSettings.Retries;
import io.ratemesh.node.settings.PoolSettings;
import io.ratemesh.node.settings.PoolSettings.Algorithm;
import io.vertx.core.net.NetSocket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A retry that is not made leaves no trace: neither in the retry budget nor in the position of the round robin. */
class DeniedRetryTest {

    private final ProxyFixture fixture = new ProxyFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void without_another_upstream_no_retry_is_spent_or_denied() throws Exception {
        fixture.rawServer("a", DeniedRetryTest::abort);

        assertThat(send()).isEqualTo("502");

        assertThat(fixture.loop.retryBudget().granted()).isZero();
        assertThat(fixture.loop.retryBudget().denied()).isZero();
        assertThat(fixture.loop.members().get(0).counts().redispatches()).isZero();
    }

    @Test
    void a_denied_retry_does_not_move_the_round_robin() throws Exception {
        openThree(new Retries(0, 0));

        assertThat(List.of(send(), send(), send(), send(), send(), send()))
                .containsExactly("502", "b", "c", "502", "b", "c");

        assertThat(fixture.loop.retryBudget().granted()).isZero();
        assertThat(fixture.loop.retryBudget().denied()).isEqualTo(2);
    }

    @Test
    void a_granted_retry_moves_it() throws Exception {
        openThree(new Retries(0, 10));

        assertThat(List.of(send(), send(), send())).containsExactly("b", "c", "b");

        assertThat(fixture.loop.retryBudget().granted()).isEqualTo(1);
        assertThat(fixture.loop.retryBudget().denied()).isZero();
    }

    private void openThree(Retries retries) {
        configure(retries);
        fixture.rawServer("a", DeniedRetryTest::abort);
        fixture.server("b", request -> request.response().end("b"));
        fixture.server("c", request -> request.response().end("c"));
    }

    private void configure(Retries retries) {
        PoolSettings old = fixture.pool.settings();
        fixture.pool.reconfigure(new PoolSettings(
                old.name(),
                old.discover(),
                old.servers(),
                Algorithm.ROUND_ROBIN,
                old.check(),
                old.maxInFlight(),
                old.queue(),
                old.slowStart(),
                old.pipelining(),
                old.timeouts(),
                old.resolve(),
                new FailureSettings(FailureSettings.DEFAULT.outlier(), FailureSettings.DEFAULT.hang(), retries)));
    }

    private static void abort(NetSocket socket) {
        socket.handler(bytes -> socket.close());
    }

    /** Returns the body of the response, or its status where it failed. */
    private String send() throws Exception {
        HttpResponse<String> response = fixture.client.send(
                HttpRequest.newBuilder(fixture.uri("/")).build(), HttpResponse.BodyHandlers.ofString());
        return response.statusCode() == 200 ? response.body() : String.valueOf(response.statusCode());
    }
}
