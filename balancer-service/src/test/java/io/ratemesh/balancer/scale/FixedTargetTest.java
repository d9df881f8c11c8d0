package io.ratemesh.balancer.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.scale.ScalingDecision.Direction;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FixedTargetTest {

    private final FixedTarget three = new FixedTarget(3, "admin at 127.0.0.1");
    private long second;

    @Test
    void the_ordered_number_is_started_at_once() {
        assertThat(decide(2, 0))
                .isEqualTo(new ScalingDecision(
                        Direction.OUT, 3, "3 ordered by admin at 127.0.0.1, 2 running or starting"));
        assertThat(decide(2, 1).direction()).isEqualTo(Direction.HOLD);
    }

    @Test
    void more_than_ordered_are_drained_once_none_is_starting() {
        assertThat(decide(4, 1).direction()).isEqualTo(Direction.HOLD);
        assertThat(decide(5, 0).direction()).isEqualTo(Direction.IN);
    }

    @Test
    void a_rolling_restart_that_starts_the_replacement_first_is_left_alone() {
        decide(3, 0);

        assertThat(decide(3, 1).direction()).isEqualTo(Direction.HOLD);
        assertThat(decide(4, 0).direction()).isEqualTo(Direction.HOLD);
        assertThat(decide(3, 0).direction()).isEqualTo(Direction.HOLD);
    }

    @Test
    void a_lost_converter_is_replaced_after_some_seconds() {
        decide(3, 0);

        for (int i = 0; i < 5; i++) {
            assertThat(decide(2, 0).direction()).isEqualTo(Direction.HOLD);
        }
        assertThat(decide(2, 0).direction()).isEqualTo(Direction.OUT);
    }

    private ScalingDecision decide(int ready, int starting) {
        second++;
        ClusterLoad load = new ClusterLoad(ready, 0, starting, 0, 0, 0);
        return three.decide(
                ScalerDefaults.with(),
                load,
                load.converters(),
                Duration.ofSeconds(second).toNanos());
    }
}
