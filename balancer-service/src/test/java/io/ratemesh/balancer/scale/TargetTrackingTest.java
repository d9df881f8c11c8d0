package io.ratemesh.balancer.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.scale.ScalingDecision.Direction;
import io.ratemesh.node.settings.ScalerSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TargetTrackingTest {

    private final TargetTracking tracking = new TargetTracking();
    private ScalerSettings settings = ScalerDefaults.with();
    private long second;

    @Test
    void requests_in_flight_above_the_target_scale_out_to_what_is_needed() {
        settle(2, 100);

        ScalingDecision decision = after(2, load(2, 190));

        assertThat(decision)
                .isEqualTo(
                        new ScalingDecision(
                                Direction.OUT,
                                3,
                                "160 requests in flight (target 64 per converter), CPU 20% (target 70%): 3 needed, 2 running or starting"));
    }

    @Test
    void cpu_above_the_target_scales_out() {
        settle(2, 0);

        ScalingDecision decision = after(3, new ClusterLoad(2, 0, 0, 0, 0, 1.7));

        assertThat(decision.desired()).isEqualTo(3);
        assertThat(decision.reason()).contains("CPU 85% (target 70%)");
    }

    @Test
    void a_load_within_the_tolerance_changes_nothing() {
        settle(2, 128);

        assertThat(after(10, load(2, 140)).direction()).isEqualTo(Direction.HOLD);
        assertThat(after(100, load(2, 116)).direction()).isEqualTo(Direction.HOLD);
        assertThat(after(1, load(2, 116)).reason()).endsWith(": within the tolerance");
    }

    @Test
    void one_high_sample_changes_nothing() {
        settle(2, 128);

        assertThat(after(1, load(2, 160)).direction()).isEqualTo(Direction.HOLD);
        assertThat(after(5, load(2, 128)).direction()).isEqualTo(Direction.HOLD);
    }

    @Test
    void a_scale_out_at_most_doubles_and_the_next_one_waits_for_the_cooldown() {
        settle(1, 60);

        assertThat(after(1, load(1, 2000)).desired()).isEqualTo(2);
        assertThat(after(1, starting(1, 1, 2000)).reason()).endsWith("; next scale-out in 4 s");
        assertThat(after(3, starting(1, 1, 2000)).direction()).isEqualTo(Direction.HOLD);
        assertThat(after(1, starting(1, 1, 2000)).desired()).isEqualTo(4);
    }

    @Test
    void starting_converters_count_as_capacity() {
        settle(2, 128);

        assertThat(after(10, starting(2, 1, 190)).direction()).isEqualTo(Direction.HOLD);
    }

    @Test
    void the_maximum_is_kept_and_named() {
        settings = ScalerDefaults.with("max=2");
        settle(2, 128);

        ScalingDecision decision = after(5, load(2, 1000));

        assertThat(decision.direction()).isEqualTo(Direction.HOLD);
        assertThat(decision.reason()).endsWith("16 needed, 2 running or starting, which is the maximum");
    }

    @Test
    void more_than_the_maximum_are_drained() {
        settings = ScalerDefaults.with("max=2");

        assertThat(after(1, load(3, 1000))).satisfies(decision -> {
            assertThat(decision.direction()).isEqualTo(Direction.IN);
            assertThat(decision.desired()).isEqualTo(2);
        });
    }

    @Test
    void fewer_than_the_minimum_are_replaced_after_some_seconds() {
        settings = ScalerDefaults.with("min=2");

        assertThat(after(5, load(1, 0)).direction()).isEqualTo(Direction.HOLD);
        assertThat(after(1, load(1, 0))).satisfies(decision -> {
            assertThat(decision.direction()).isEqualTo(Direction.OUT);
            assertThat(decision.desired()).isEqualTo(2);
            assertThat(decision.reason()).isEqualTo("1 running or starting, the minimum is 2");
        });
    }

    @Test
    void without_any_converter_and_any_load_the_minimum_is_started() {
        assertThat(after(6, load(0, 0)).desired()).isEqualTo(1);
    }

    @Test
    void a_scale_in_needs_a_low_load_during_all_of_the_down_cooldown() {
        settle(3, 180);

        assertThat(after(30, load(3, 50)).direction()).isEqualTo(Direction.HOLD);
        assertThat(after(3, load(3, 180)).direction()).isEqualTo(Direction.HOLD);
        assertThat(after(61, load(3, 50)).direction()).isEqualTo(Direction.HOLD);
        assertThat(after(1, load(3, 50))).satisfies(decision -> {
            assertThat(decision.direction()).isEqualTo(Direction.IN);
            assertThat(decision.desired()).isEqualTo(2);
        });
    }

    @Test
    void a_scale_in_removes_at_most_half() {
        settle(7, 10);

        assertThat(after(1, load(7, 10)).desired()).isEqualTo(4);
        assertThat(after(59, load(4, 10)).direction()).isEqualTo(Direction.HOLD);
        assertThat(after(1, load(4, 10)).desired()).isEqualTo(3);
    }

    @Test
    void no_scale_in_while_a_converter_starts_or_drains() {
        settle(3, 180);

        assertThat(after(100, starting(2, 1, 10)).direction()).isEqualTo(Direction.HOLD);
        assertThat(after(1, new ClusterLoad(3, 0, 0, 1, 10, 0)).direction()).isEqualTo(Direction.HOLD);
        assertThat(after(1, load(3, 10)).direction()).isEqualTo(Direction.IN);
    }

    @Test
    void converters_that_warm_up_are_not_drained_for_a_low_cpu() {
        settle(3, 10);

        assertThat(after(70, new ClusterLoad(3, 3, 0, 0, 10, 0)).direction()).isEqualTo(Direction.HOLD);
    }

    @Test
    void a_scale_in_that_was_undone_is_repeated_only_under_a_clearly_lower_load() {
        settle(3, 110);
        assertThat(after(1, load(3, 110)).desired()).isEqualTo(2);
        assertThat(after(1, load(2, 220)).desired()).isEqualTo(3);

        assertThat(after(200, load(3, 110)).reason()).endsWith("; 2 were not enough at this load before");
        assertThat(after(3, load(3, 80)).direction()).isEqualTo(Direction.IN);
    }

    @Test
    void after_a_pause_the_load_is_observed_anew() {
        settle(3, 10);
        second += 30;

        assertThat(after(1, load(3, 10)).reason()).isEqualTo("observing the load");
        assertThat(after(59, load(3, 10)).direction()).isEqualTo(Direction.HOLD);
        assertThat(after(1, load(3, 10)).direction()).isEqualTo(Direction.IN);
    }

    /** Passes a time at one load in which no decision is made, just long enough for a scale-in. */
    private void settle(int converters, double requests) {
        for (int i = 0; i < 60; i++) {
            assertThat(after(1, load(converters, requests)).direction()).isEqualTo(Direction.HOLD);
        }
    }

    /** The last decision of some seconds; earlier ones must change nothing. */
    private ScalingDecision after(int seconds, ClusterLoad load) {
        for (int i = 1; i < seconds; i++) {
            assertThat(decide(load).direction()).isEqualTo(Direction.HOLD);
        }
        return decide(load);
    }

    private ScalingDecision decide(ClusterLoad load) {
        second++;
        return tracking.decide(
                settings, load, load.converters(), Duration.ofSeconds(second).toNanos());
    }

    private static ClusterLoad load(int ready, double requests) {
        return starting(ready, 0, requests);
    }

    private static ClusterLoad starting(int ready, int starting, double requests) {
        return new ClusterLoad(ready, 0, starting, 0, requests, ready * 0.2);
    }
}
