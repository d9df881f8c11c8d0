package io.ratemesh.balancer.loadbalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import io.ratemesh.node.settings.PoolSettings.Algorithm;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The queue of a pool at {@code max-in-flight}, over two event loops. */
class QueueTest {

    private final PoolFixture fixture = new PoolFixture(PoolFixture.withLimit(Algorithm.LEAST_CONNECTIONS, 1, 3));
    private final PoolOnLoop other = new PoolOnLoop(fixture.pool);
    private final List<String> happened = new ArrayList<>();
    private final Deque<Runnable> onOther = new ArrayDeque<>();

    QueueTest() {
        other.runOn(onOther::add);
    }

    private record Client(String name, PoolOnLoop loop, List<String> happened) implements RequestQueue.QueuedRequest {
        @Override
        public boolean isWaiting() {
            return true;
        }

        @Override
        public boolean tryServe() {
            UpstreamOnLoop server = loop.choose(PoolFixture.ANY);
            if (server == null) {
                return false;
            }
            server.begin();
            happened.add(name + " served");
            return true;
        }

        @Override
        public void timedOut() {
            happened.add(name + " refused");
        }
    }

    @Test
    void an_ended_request_frees_capacity_for_a_queued_one() {
        fixture.up("a");
        fixture.onLoop("a").begin();
        join("one", fixture.loop);
        join("two", fixture.loop);

        fixture.onLoop("a").end();
        assertThat(happened).containsExactly("one served");

        fixture.onLoop("a").end();
        assertThat(happened).containsExactly("one served", "two served");
        assertThat(fixture.pool.snapshot().maxQueued()).isEqualTo(2);
    }

    @Test
    void an_ended_request_on_one_loop_serves_the_queue_of_another() {
        fixture.up("a");
        fixture.onLoop("a").begin();
        join("there", other);

        fixture.onLoop("a").end();
        assertThat(onOther).hasSize(1);
        onOther.remove().run();

        assertThat(happened).containsExactly("there served");
    }

    @Test
    void an_available_server_serves_the_queues_of_all_loops() {
        join("here", fixture.loop);
        join("there", other);

        fixture.up("a");
        fixture.up("b");
        while (!onOther.isEmpty()) {
            onOther.remove().run();
        }

        assertThat(happened).containsExactlyInAnyOrder("here served", "there served");
    }

    @Test
    void the_limit_is_over_all_loops() {
        assertThat(join("a", fixture.loop)).isTrue();
        assertThat(join("b", other)).isTrue();
        assertThat(join("c", other)).isTrue();
        assertThat(join("d", fixture.loop)).isFalse();
        assertThat(fixture.pool.snapshot().queued()).isEqualTo(3);
    }

    @Test
    void a_queued_request_times_out_after_the_time_in_the_settings() {
        join("a", fixture.loop);

        fixture.pass(Duration.ofMillis(1999));
        assertThat(happened).isEmpty();

        fixture.pass(Duration.ofMillis(1));
        assertThat(happened).containsExactly("a refused");
    }

    private boolean join(String name, PoolOnLoop loop) {
        return loop.queue().enqueue(new Client(name, loop, happened), fixture.now);
    }
}
