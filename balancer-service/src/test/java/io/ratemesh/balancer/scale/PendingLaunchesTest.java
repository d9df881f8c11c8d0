package io.ratemesh.balancer.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.node.NodeState;
import io.ratemesh.node.announce.Announcement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingLaunchesTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final PendingLaunches launches = new PendingLaunches();

    @Test
    void a_launch_counts_until_it_announces_itself_and_is_pending_until_it_is_ready() {
        launches.requested(2);
        assertThat(launches.unannounced()).isEqualTo(2);

        launches.started(List.of("converter-3", "converter-4"), 60 * SECOND);
        assertThat(launches.unannounced()).isEqualTo(2);

        assertThat(launches.update(List.of(node("converter-3", NodeState.STARTING)), SECOND))
                .isEmpty();
        assertThat(launches.unannounced()).isEqualTo(1);
        assertThat(launches.count()).isEqualTo(2);

        List<Announcement> ready = List.of(node("converter-3", NodeState.READY), node("converter-4", NodeState.READY));
        assertThat(launches.update(ready, 2 * SECOND)).isEmpty();
        assertThat(launches.count()).isZero();
    }

    @Test
    void a_converter_that_never_announces_itself_stops_counting_and_delays_the_next_launch() {
        launches.started(List.of("converter-3"), 60 * SECOND);

        assertThat(launches.update(List.of(), 59 * SECOND)).isEmpty();
        assertThat(launches.update(List.of(), 60 * SECOND)).containsExactly("converter-3 was not ready in time");
        assertThat(launches.unannounced()).isZero();
        assertThat(launches.blocker(61 * SECOND))
                .isEqualTo("the last launch failed: converter-3 was not ready in time; next attempt in 4 s");
        assertThat(launches.blocker(65 * SECOND)).isEmpty();
    }

    @Test
    void a_converter_that_ends_while_it_starts_is_a_failure() {
        launches.started(List.of("converter-3"), 60 * SECOND);
        launches.update(List.of(node("converter-3", NodeState.STARTING)), SECOND);

        assertThat(launches.update(List.of(), 2 * SECOND)).containsExactly("converter-3 ended before it was ready");
    }

    @Test
    void each_further_failure_waits_twice_as_long_up_to_five_minutes() {
        long now = 0;
        for (int seconds : new int[] {5, 10, 20, 40, 80, 160, 300, 300}) {
            launches.failed("no memory", now);
            assertThat(launches.blocker(now + (seconds - 1) * SECOND)).endsWith("; next attempt in 1 s");
            now += seconds * SECOND;
            assertThat(launches.blocker(now)).isEmpty();
        }
        launches.started(List.of("converter-3"), now + 60 * SECOND);
        launches.update(List.of(node("converter-3", NodeState.READY)), now);

        launches.failed("no memory", now);
        assertThat(launches.blocker(now + 5 * SECOND)).isEmpty();
    }

    @Test
    void a_busy_launcher_is_no_failure() {
        launches.requested(1);
        launches.postponed("another command runs", 0);

        assertThat(launches.unannounced()).isZero();
        assertThat(launches.blocker(SECOND)).isEqualTo("another command runs; next attempt in 1 s");
        assertThat(launches.blocker(2 * SECOND)).isEmpty();
    }

    private static Announcement node(String id, NodeState state) {
        return ConverterObserverTest.converter(id, state, 0);
    }
}
