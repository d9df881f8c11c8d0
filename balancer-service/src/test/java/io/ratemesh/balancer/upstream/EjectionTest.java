package io.ratemesh.balancer.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.loadbalance.PoolFixture;
import io.ratemesh.balancer.upstream.outlier.ConsecutiveFailures;
import io.ratemesh.balancer.upstream.outlier.Ejection;
import io.ratemesh.node.settings.FailureSettings;
import io.ratemesh.node.settings.FailureSettings.Outlier;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EjectionTest {

    private static final Duration BASE = FailureSettings.DEFAULT.outlier().baseEjectionTime();
    private static final Duration MOMENT = ConsecutiveFailures.SAME_CAUSE;

    private final PoolFixture fixture = new PoolFixture(PoolFixture.PLAIN);
    private final Upstream bad = fixture.up("bad");
    private final Upstream good = fixture.up("good");

    @Test
    void consecutive_server_errors_eject_it_whatever_its_checks_say() {
        responses(500, 500, 500, 500);
        assertThat(bad.state()).isEqualTo(UpstreamState.UP);

        responses(500);
        assertThat(bad.state()).isEqualTo(UpstreamState.EJECTED);
        assertThat(fixture.chosen(10)).containsOnlyKeys("good");

        bad.checkCompleted(PoolFixture.passed());
        bad.checkCompleted(PoolFixture.passed());
        fixture.pass(BASE.minusMillis(1));
        assertThat(bad.state()).isEqualTo(UpstreamState.EJECTED);

        fixture.pass(Duration.ofMillis(1));
        assertThat(bad.state()).isEqualTo(UpstreamState.UP);
    }

    @Test
    void a_good_response_restarts_the_count() {
        responses(500, 502, 503, 504, 404, 500, 500, 500, 500);

        assertThat(bad.state()).isEqualTo(UpstreamState.UP);
    }

    @Test
    void connections_that_break_at_once_count_as_one_failure() {
        for (int i = 0; i < 64; i++) {
            server().responseFailed();
        }
        assertThat(bad.state()).isEqualTo(UpstreamState.UP);

        for (int i = 0; i < 4; i++) {
            fixture.now += MOMENT.toNanos();
            server().connectTimedOut();
        }
        assertThat(bad.state()).isEqualTo(UpstreamState.EJECTED);
    }

    @Test
    void consecutive_broken_responses_eject_it_although_each_started_well() {
        for (int i = 0; i < 4; i++) {
            breaksMidway();
        }
        assertThat(bad.state()).isEqualTo(UpstreamState.UP);

        breaksMidway();
        assertThat(bad.state()).isEqualTo(UpstreamState.EJECTED);
        assertThat(fixture.chosen(10)).containsOnlyKeys("good");
    }

    @Test
    void a_complete_response_restarts_the_count_of_broken_ones() {
        for (int i = 0; i < 4; i++) {
            breaksMidway();
        }
        server().responseStarted(200);
        server().responseCompleted();
        for (int i = 0; i < 4; i++) {
            breaksMidway();
        }

        assertThat(bad.state()).isEqualTo(UpstreamState.UP);
    }

    @Test
    void responses_that_break_together_count_as_one() {
        long begun = fixture.now;
        for (int stream = 0; stream < 1000; stream++) {
            fixture.now += MOMENT.toNanos();
            server().responseBroken(begun);
        }

        assertThat(bad.state()).isEqualTo(UpstreamState.UP);
    }

    @Test
    void each_ejection_is_longer_up_to_a_maximum_and_time_without_one_shortens_it() {
        for (int time = 1; time <= 8; time++) {
            responses(500, 500, 500, 500, 500);
            long seconds =
                    Math.min(FailureSettings.DEFAULT.outlier().maxEjectionTime().toSeconds(), time * BASE.toSeconds());
            fixture.pass(Duration.ofSeconds(seconds).minusMillis(1));
            assertThat(bad.state()).as("time " + time).isEqualTo(UpstreamState.EJECTED);
            fixture.pass(Duration.ofMillis(1));
            assertThat(bad.state()).as("time " + time).isEqualTo(UpstreamState.UP);
        }

        fixture.pass(Ejection.FORGIVENESS.multipliedBy(8));
        responses(500, 500, 500, 500, 500);
        fixture.pass(BASE);
        assertThat(bad.state()).isEqualTo(UpstreamState.UP);
        assertThat(fixture.pool.snapshot().servers().get(0).ejections()).isEqualTo(9);
    }

    @Test
    void of_two_one_may_be_ejected_of_one_none() {
        responses(500, 500, 500, 500, 500);
        for (int i = 0; i < 10; i++) {
            fixture.onLoop("good").responseStarted(500);
        }
        assertThat(bad.state()).isEqualTo(UpstreamState.EJECTED);
        assertThat(good.state()).isEqualTo(UpstreamState.UP);

        PoolFixture alone = new PoolFixture(PoolFixture.PLAIN);
        alone.up("a");
        for (int i = 0; i < 10; i++) {
            alone.onLoop("a").responseStarted(500);
        }
        assertThat(alone.chosen(1)).containsOnlyKeys("a");
    }

    @Test
    void never_more_than_half_of_a_pool_is_ejected() {
        List.of("c", "d", "e").forEach(fixture::up);
        for (String id : List.of("bad", "good", "c", "d", "e")) {
            for (int i = 0; i < 10; i++) {
                fixture.onLoop(id).responseStarted(500);
            }
        }

        assertThat(fixture.pool.upstreams().stream().filter(upstream -> upstream.state() == UpstreamState.EJECTED))
                .hasSize(2);
    }

    @Test
    void failed_checks_during_an_ejection_mark_it_down_and_it_recovers_after_both() {
        responses(500, 500, 500, 500, 500);
        fixture.failChecks(bad);
        assertThat(bad.state()).isEqualTo(UpstreamState.DOWN);

        bad.checkCompleted(PoolFixture.passed());
        bad.checkCompleted(PoolFixture.passed());
        assertThat(bad.state()).isEqualTo(UpstreamState.EJECTED);

        fixture.pass(BASE);
        assertThat(bad.state()).isEqualTo(UpstreamState.UP);
    }

    @Test
    void thresholds_and_times_of_reloaded_settings_apply() {
        outlier(new Outlier(2, 1, Duration.ofSeconds(1), Duration.ofMillis(1500), 100));

        responses(500, 500);
        assertThat(bad.state()).isEqualTo(UpstreamState.EJECTED);
        fixture.pass(Duration.ofSeconds(1));
        assertThat(bad.state()).isEqualTo(UpstreamState.UP);

        breaksMidway();
        assertThat(bad.state()).isEqualTo(UpstreamState.EJECTED);
        fixture.pass(Duration.ofMillis(1499));
        assertThat(bad.state()).isEqualTo(UpstreamState.EJECTED);
        fixture.onLoop("good").responseStarted(500);
        fixture.onLoop("good").responseStarted(500);
        assertThat(good.state()).as("max-ejected: 100%").isEqualTo(UpstreamState.EJECTED);
    }

    @Test
    void a_threshold_of_0_and_a_percentage_of_0_eject_nothing() {
        outlier(new Outlier(0, 0, Duration.ofSeconds(1), Duration.ofSeconds(1), 50));
        responses(500, 500, 500, 500, 500, 500, 500);
        breaksMidway();
        assertThat(bad.state()).isEqualTo(UpstreamState.UP);

        outlier(new Outlier(1, 1, Duration.ofSeconds(1), Duration.ofSeconds(1), 0));
        responses(500, 500);
        assertThat(bad.state()).isEqualTo(UpstreamState.UP);
    }

    private void outlier(Outlier outlier) {
        FailureSettings failures = FailureSettings.DEFAULT;
        fixture.pool.reconfigure(PoolFixture.with(new FailureSettings(outlier, failures.hang(), failures.retries())));
    }

    private UpstreamOnLoop server() {
        return fixture.onLoop("bad");
    }

    private void breaksMidway() {
        server().responseStarted(200);
        long begun = fixture.now;
        fixture.now += MOMENT.toNanos();
        server().responseBroken(begun);
    }

    private void responses(int... statuses) {
        for (int status : statuses) {
            server().responseStarted(status);
        }
    }
}
