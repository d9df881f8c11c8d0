package io.ratemesh.balancer.loadbalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import io.ratemesh.balancer.upstream.UpstreamState;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slow starts of ten seconds; every 50 ms a tick, and some responses before it. */
class SlowStartPacerTest {

    private static final Duration TICK = Duration.ofMillis(50);
    private static final long MICROS = 1000;

    private final PoolFixture fixture = new PoolFixture(PoolFixture.withSlowStart(Duration.ofSeconds(10)));
    private final Upstream peer = fixture.up("peer");
    private final Upstream newcomer;

    SlowStartPacerTest() {
        fixture.pass(Duration.ofSeconds(10));
        newcomer = fixture.up("newcomer");
        assertThat(peer.state()).isEqualTo(UpstreamState.UP);
    }

    @Test
    void a_newcomer_as_fast_as_its_peer_has_its_full_weight_after_little_more_than_a_second() {
        int ticks = 0;
        for (; newcomer.state() == UpstreamState.SLOW_START; ticks++) {
            tick(50, 500 * MICROS, 10, 700 * MICROS);
        }
        assertThat(TICK.multipliedBy(ticks)).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1500));
    }

    @Test
    void a_much_slower_newcomer_gets_less_than_by_the_clock_and_its_full_weight_after_the_time() {
        ticks(100, 50, 500 * MICROS, 10, 5000 * MICROS);
        assertThat(percent()).isBetween(10, 25);

        ticks(99, 50, 500 * MICROS, 10, 5000 * MICROS);
        assertThat(newcomer.state()).isEqualTo(UpstreamState.SLOW_START);
        ticks(1, 50, 500 * MICROS, 10, 5000 * MICROS);
        assertThat(newcomer.state()).isEqualTo(UpstreamState.UP);
    }

    @Test
    void once_a_slow_newcomer_has_become_fast_its_weight_grows_fast() {
        ticks(40, 50, 500 * MICROS, 10, 5000 * MICROS);
        assertThat(percent()).isLessThan(15);

        ticks(30, 50, 500 * MICROS, 10, 500 * MICROS);

        assertThat(newcomer.state()).isEqualTo(UpstreamState.UP);
    }

    @Test
    void a_slow_tenth_is_enough_to_count_as_slow() {
        for (int i = 0; i < 100; i++) {
            respond("newcomer", 2, 5000 * MICROS);
            tick(50, 500 * MICROS, 10, 500 * MICROS);
        }
        assertThat(percent()).isLessThan(25);
    }

    @Test
    void a_little_slower_it_follows_the_clock() {
        ticks(100, 50, 500 * MICROS, 10, 1000 * MICROS);
        assertThat(percent()).isBetween(54, 56);
    }

    @Test
    void fast_errors_do_not_raise_the_weight() {
        for (int i = 0; i < 100; i++) {
            fixture.onLoop("newcomer").responseStarted(500);
            tick(50, 500 * MICROS, 10, 100 * MICROS);
        }
        assertThat(percent()).isBetween(54, 56);
    }

    @ParameterizedTest
    @ValueSource(longs = {100, 50_000})
    void a_few_requests_show_nothing(long micros) {
        for (int i = 0; i < 10; i++) {
            ticks(1, 50, 500 * MICROS, 1, micros * MICROS);
            ticks(9, 50, 500 * MICROS, 0, 0);
        }
        assertThat(percent()).isBetween(54, 56);
    }

    @Test
    void when_the_requests_end_the_clock_counts_again() {
        ticks(40, 50, 500 * MICROS, 10, 5000 * MICROS);
        assertThat(percent()).isLessThan(15);

        ticks(60, 0, 0, 0, 0);

        assertThat(percent()).isBetween(54, 56);
    }

    @Test
    void connect_times_of_tcp_are_not_latencies_of_responses() {
        for (int i = 0; i < 100; i++) {
            for (int n = 0; n < 20; n++) {
                fixture.onLoop("peer").recordLatency(100 * MICROS);
                fixture.onLoop("newcomer").recordLatency(100 * MICROS);
            }
            fixture.pass(TICK);
        }
        assertThat(percent()).isBetween(54, 56);
    }

    @Test
    void without_a_peer_of_full_weight_all_follow_the_clock() {
        peer.connectRefused();
        for (int i = 0; i < PoolFixture.RISE; i++) {
            peer.checkCompleted(PoolFixture.passed());
        }
        assertThat(peer.state()).isEqualTo(UpstreamState.SLOW_START);

        ticks(100, 50, 500 * MICROS, 50, 500 * MICROS);

        assertThat(percent()).isBetween(54, 56);
    }

    private void ticks(int times, int byPeer, long peerNanos, int byNewcomer, long newcomerNanos) {
        for (int i = 0; i < times; i++) {
            tick(byPeer, peerNanos, byNewcomer, newcomerNanos);
        }
    }

    private void tick(int byPeer, long peerNanos, int byNewcomer, long newcomerNanos) {
        respond("peer", byPeer, peerNanos);
        respond("newcomer", byNewcomer, newcomerNanos);
        fixture.pass(TICK);
    }

    private void respond(String id, int times, long nanos) {
        UpstreamOnLoop server = fixture.onLoop(id);
        for (int i = 0; i < times; i++) {
            server.recordLatency(nanos);
            server.responseStarted(200);
        }
    }

    private int percent() {
        return fixture.pool.snapshot().servers().get(1).weightPercent();
    }
}
