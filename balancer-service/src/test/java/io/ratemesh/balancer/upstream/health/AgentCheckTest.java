package io.ratemesh.balancer.upstream.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.loadbalance.PoolFixture;
import io.ratemesh.balancer.upstream.AgentState;
import io.ratemesh.balancer.upstream.CheckResult;
import io.ratemesh.balancer.upstream.CheckResult.Outcome;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.UpstreamSnapshot;
import io.ratemesh.balancer.upstream.UpstreamState;
import io.ratemesh.node.settings.ServerSettings;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Agents are TCP servers in the test, beside a server that passes its checks. */
class AgentCheckTest {

    private final Vertx vertx = Vertx.vertx();
    private volatile String line = "up\n";

    @AfterEach
    void close() {
        get(vertx.close());
    }

    @Test
    void the_state_follows_what_the_agent_says() {
        Pool pool = checked(agent(socket -> socket.end(Buffer.buffer(line))));
        Upstream upstream = pool.upstreams().get(0);
        soon().until(() -> upstream.state() == UpstreamState.UP);

        line = "drain 50%\r\n";
        soon().until(() -> upstream.state() == UpstreamState.DRAINING);
        assertThat(server(pool).lastAgentCheck())
                .hasValueSatisfying(check -> assertThat(check.detail()).isEqualTo("drain 50%"));
        assertThat(server(pool).agent().weightPercent()).isEqualTo(50);

        line = "ready stopped # upgrade\n";
        soon().until(() -> upstream.state() == UpstreamState.DOWN);
        assertThat(upstream.downReason()).isEqualTo("ready stopped # upgrade");

        line = "up 100%";
        soon().until(() -> upstream.state() == UpstreamState.UP);
    }

    @Test
    void an_agent_that_stops_changes_nothing_and_is_asked_again() {
        NetServer agent = server(socket -> socket.end(Buffer.buffer("drain\n")));
        Pool pool = checked(agent.actualPort());
        Upstream upstream = pool.upstreams().get(0);
        soon().until(() -> upstream.state() == UpstreamState.DRAINING);

        get(agent.close());
        soon().until(() -> outcome(pool) == Outcome.CONNECT_FAILED);
        assertThat(upstream.state()).isEqualTo(UpstreamState.DRAINING);

        get(vertx.createNetServer()
                .connectHandler(socket -> socket.end(Buffer.buffer("ready\n")))
                .listen(agent.actualPort(), "127.0.0.1"));
        soon().until(() -> upstream.state() == UpstreamState.UP);
    }

    @Test
    void a_line_may_arrive_in_parts_and_what_follows_it_is_ignored() {
        Pool pool = checked(agent(socket -> {
            socket.write("dr");
            vertx.setTimer(20, ignored -> socket.write("ain\nready\n"));
        }));

        soon().until(() -> pool.upstreams().get(0).state() == UpstreamState.DRAINING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "what?\n", "", "\u0000\u0001\n"})
    void a_line_that_means_nothing_changes_nothing(String said) {
        Pool pool = checked(agent(socket -> socket.end(Buffer.buffer(said))));

        soon().until(() -> outcome(pool) == Outcome.INVALID_RESPONSE);
        assertThat(server(pool).agent()).isEqualTo(AgentState.NONE);
    }

    @Test
    void a_line_without_an_end_is_not_read_for_ever() {
        AtomicInteger closed = new AtomicInteger();
        Pool pool = checked(agent(socket -> {
            socket.closeHandler(ignored -> closed.incrementAndGet());
            socket.write("drain " + "x".repeat(AgentCheck.MAX_BYTES));
        }));

        soon().until(() -> outcome(pool) == Outcome.INVALID_RESPONSE);
        assertThat(server(pool).lastAgentCheck().map(CheckResult::detail))
                .hasValue("the line is longer than 1024 bytes");
        soon().until(() -> closed.get() > 0);
        assertThat(server(pool).agent()).isEqualTo(AgentState.NONE);
    }

    @Test
    void an_agent_that_says_nothing_times_out_and_its_connection_is_closed() {
        AtomicInteger closed = new AtomicInteger();
        Pool pool = checked(agent(socket -> socket.closeHandler(ignored -> closed.incrementAndGet())));

        soon().until(() -> outcome(pool) == Outcome.RESPONSE_TIMEOUT);
        soon().until(() -> closed.get() > 0);
        assertThat(pool.upstreams().get(0).state()).isEqualTo(UpstreamState.UP);
    }

    private static UpstreamSnapshot server(Pool pool) {
        return pool.snapshot().servers().get(0);
    }

    private static Outcome outcome(Pool pool) {
        return server(pool).lastAgentCheck().map(CheckResult::outcome).orElse(Outcome.CONNECTED);
    }

    private int agent(Handler<NetSocket> handler) {
        return server(handler).actualPort();
    }

    private NetServer server(Handler<NetSocket> handler) {
        return get(vertx.createNetServer().connectHandler(handler).listen(0, "127.0.0.1"));
    }

    private Pool checked(int agentPort) {
        int port = get(vertx.createHttpServer()
                        .requestHandler(request -> request.response().end())
                        .listen(0, "127.0.0.1"))
                .actualPort();
        Pool pool = new Pool(PoolFixture.withAgent(agentPort), System::nanoTime);
        pool.add("a", new ServerSettings("127.0.0.1", port, 1, false));
        vertx.runOnContext(ignored -> new HealthChecker(vertx, pool));
        return pool;
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static ConditionFactory soon() {
        return Awaitility.await().pollInterval(Duration.ofMillis(5));
    }
}
