package io.ratemesh.balancer.loadbalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import io.ratemesh.node.settings.PoolSettings.Algorithm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UpstreamSelectionTest {

    private final List<String> events = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void can_select_says_what_select_does(Algorithm algorithm) {
        PoolFixture fixture = new PoolFixture(PoolFixture.withLimit(algorithm, 1, 10));
        fixture.up("a");
        fixture.up("b");
        UpstreamSelection first = selection(fixture);
        UpstreamSelection second = selection(fixture);

        assertThat(first.canSelect()).isTrue();
        assertThat(first.select()).isNotNull();
        assertThat(first.canSelect()).isTrue();
        assertThat(second.select()).isNotNull();
        assertThat(first.canSelect()).isFalse();
        assertThat(first.select()).isNull();
        second.release();
        assertThat(first.select()).isNotNull();
        assertThat(first.canSelect()).isFalse();
        assertThat(first.select()).isNull();
    }

    @ParameterizedTest
    @EnumSource(
            value = Algorithm.class,
            names = {"ROUND_ROBIN", "LEAST_CONNECTIONS"})
    void can_select_moves_no_round_robin(Algorithm algorithm) {
        PoolFixture checked = new PoolFixture(PoolFixture.with(algorithm));
        PoolFixture unchecked = new PoolFixture(PoolFixture.with(algorithm));
        for (PoolFixture fixture : List.of(checked, unchecked)) {
            fixture.up("a", 5);
            fixture.up("b", 2);
            fixture.up("c", 1);
        }

        for (int i = 0; i < 24; i++) {
            assertThat(selection(checked).canSelect()).isTrue();
            assertThat(checked.choose(PoolFixture.ANY)).isEqualTo(unchecked.choose(PoolFixture.ANY));
        }
    }

    @Test
    void counts_one_request_on_the_selected_upstream() {
        PoolFixture fixture = pool();
        UpstreamSelection selection = selection(fixture);

        UpstreamOnLoop first = selection.select();
        assertThat(first).isNotNull();
        UpstreamOnLoop second = selection.select();
        assertThat(second).isNotNull().isNotSameAs(first);

        assertThat(first.inFlight()).isZero();
        assertThat(second.inFlight()).isEqualTo(1);
        assertThat(selection.upstream()).isSameAs(second);
        assertThat(selection.isRedispatched()).isTrue();

        selection.release();
        selection.release();
        assertThat(second.inFlight()).isZero();
        assertThat(selection.upstream()).isNull();
        assertThat(selection.lastTried()).isSameAs(second);
    }

    @Test
    void failed_selection_changes_nothing() {
        PoolFixture fixture = new PoolFixture(PoolFixture.PLAIN);
        fixture.up("a");
        UpstreamSelection selection = selection(fixture);
        UpstreamOnLoop only = selection.select();

        assertThat(selection.select()).isNull();
        assertThat(selection.upstream()).isSameAs(only);
        assertThat(fixture.onLoop("a").inFlight()).isEqualTo(1);
        assertThat(selection.isRedispatched()).isFalse();
    }

    @Test
    void same_upstream_counts_as_one_more_request_and_no_redispatch() {
        PoolFixture fixture = new PoolFixture(PoolFixture.PLAIN);
        fixture.up("a");
        UpstreamSelection selection = selection(fixture);
        UpstreamOnLoop only = selection.select();

        assertThat(selection.selectSame()).isSameAs(only);

        assertThat(fixture.onLoop("a").inFlight()).isEqualTo(1);
        assertThat(fixture.onLoop("a").counts().requests()).isEqualTo(2);
        assertThat(selection.isRedispatched()).isFalse();
    }

    @Test
    void queued_request_is_served_when_an_upstream_is_released() {
        PoolFixture fixture = new PoolFixture(PoolFixture.withLimit(Algorithm.ROUND_ROBIN, 1, 10));
        fixture.up("a");
        UpstreamSelection first = selection(fixture);
        UpstreamSelection second = selection(fixture);
        assertThat(first.select()).isNotNull();
        assertThat(second.select()).isNull();
        assertThat(second.enqueue(fixture.now)).isTrue();
        assertThat(second.queuePosition()).isEqualTo(1);

        first.release();

        assertThat(events).containsExactly("a");
        assertThat(second.isWaiting()).isFalse();
        assertThat(second.upstream()).isNotNull();
    }

    @Test
    void queued_request_times_out_once_and_an_ended_one_never() {
        PoolFixture fixture = new PoolFixture(PoolFixture.PLAIN);
        UpstreamSelection waiting = selection(fixture);
        UpstreamSelection ended = selection(fixture);
        waiting.enqueue(fixture.now);
        ended.enqueue(fixture.now);
        ended.leaveQueue();

        fixture.pass(Duration.ofSeconds(3));
        fixture.pass(Duration.ofSeconds(3));

        assertThat(events).containsExactly("timed out");
    }

    private static PoolFixture pool() {
        PoolFixture fixture = new PoolFixture(PoolFixture.PLAIN);
        fixture.up("a");
        fixture.up("b");
        return fixture;
    }

    private UpstreamSelection selection(PoolFixture fixture) {
        return new UpstreamSelection(fixture.loop, new UpstreamSelection.Owner() {
            @Override
            public int sourceHash() {
                return 0;
            }

            @Override
            public int uriHash() {
                return 0;
            }

            @Override
            public void dequeued(UpstreamOnLoop selected, long nowNanos) {
                events.add(selected.upstream().id());
            }

            @Override
            public void queueTimedOut() {
                events.add("timed out");
            }
        });
    }
}
