package io.ratemesh.balancer.upstream.outlier;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.upstream.outlier.HangDetector.Others;
import io.ratemesh.node.settings.FailureSettings;
import io.ratemesh.node.settings.FailureSettings.Hang;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HangDetectorTest {

    private static final Hang HANG = FailureSettings.DEFAULT.hang();

    private final HangDetector detector = new HangDetector(0);
    private Hang hang = HANG;
    private long now;
    private long responses;
    private long others;
    private boolean othersIdle;

    @Test
    void no_response_for_half_a_second_while_others_respond_is_suspicious() {
        lookFor(Duration.ofMillis(400), 1);
        assertThat(detector.isSuspected()).isFalse();

        lookFor(Duration.ofMillis(100), 1);
        assertThat(detector.isSuspected()).isTrue();
    }

    @Test
    void nothing_is_suspected_while_the_whole_pool_sends_no_response() {
        lookFor(Duration.ofSeconds(20), 0);

        assertThat(detector.isSuspected()).isFalse();
    }

    @Test
    void no_response_is_suspicious_where_others_have_nothing_to_respond_to() {
        othersIdle = true;

        lookFor(Duration.ofMillis(500), 0);

        assertThat(detector.isSuspected()).isTrue();
    }

    @Test
    void nothing_is_suspected_without_pending_requests() {
        for (int i = 0; i < 50; i++) {
            others++;
            look(0);
        }

        assertThat(detector.isSuspected()).isFalse();
    }

    @Test
    void one_response_ends_the_suspicion_while_others_are_pending() {
        lookFor(Duration.ofSeconds(1), 1);
        responses++;
        look(1);

        assertThat(detector.isSuspected()).isFalse();
    }

    @Test
    void aborted_requests_do_not_end_the_suspicion() {
        lookFor(Duration.ofSeconds(1), 1);
        others++;
        look(0);

        assertThat(detector.isSuspected()).isTrue();
    }

    @Test
    void a_suspicion_ends_by_itself_and_returns_only_with_new_pending_requests() {
        lookFor(Duration.ofMillis(500), 1);
        assertThat(detector.isSuspected()).isTrue();
        lookFor(HANG.suspectFor(), 1);
        assertThat(detector.isSuspected()).isFalse();

        lookFor(Duration.ofSeconds(20), 1);
        assertThat(detector.isSuspected()).isFalse();

        look(0);
        lookFor(HANG.suspectAfter(), 1);
        assertThat(detector.isSuspected()).isTrue();
    }

    @Test
    void a_cleared_upstream_is_not_suspected_again_for_the_same_pending_requests() {
        lookFor(Duration.ofMillis(600), 1);
        detector.clear();

        lookFor(Duration.ofSeconds(20), 1);

        assertThat(detector.isSuspected()).isFalse();
    }

    @Test
    void a_confirmed_suspicion_lasts() {
        lookFor(HANG.suspectAfter(), 1);
        for (int i = 0; i < 10; i++) {
            detector.confirm(now);
            lookFor(Duration.ofSeconds(1), 1);
            assertThat(detector.isSuspected()).isTrue();
        }

        responses++;
        look(1);
        assertThat(detector.isSuspected()).isFalse();
    }

    @Test
    void the_times_of_the_settings_apply() {
        hang = new Hang(Duration.ofMillis(200), Duration.ofMillis(300));
        lookFor(Duration.ofMillis(200), 1);
        assertThat(detector.isSuspected()).isTrue();
        lookFor(Duration.ofMillis(300), 1);
        assertThat(detector.isSuspected()).isFalse();
    }

    @Test
    void a_time_of_zero_never_suspects() {
        hang = new Hang(Duration.ZERO, HANG.suspectFor());
        lookFor(Duration.ofSeconds(20), 1);
        assertThat(detector.isSuspected()).isFalse();
    }

    private void lookFor(Duration time, int answersOfOthers) {
        for (long i = time.toMillis() / 100; i > 0; i--) {
            others += answersOfOthers;
            look(1);
        }
    }

    private void look(int pending) {
        now += Duration.ofMillis(100).toNanos();
        detector.update(hang, pending, responses, new Others(others, othersIdle), now);
    }
}
