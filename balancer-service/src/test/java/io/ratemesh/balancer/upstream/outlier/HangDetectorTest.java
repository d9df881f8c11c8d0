package io.ratemesh.balancer.upstream.outlier;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.node.settings.FailureSettings;
import io.ratemesh.node.settings.FailureSettings.Hang;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HangDetectorTest {

    private static final Hang HANG = FailureSettings.DEFAULT.hang();

    private final HangDetector silence = new HangDetector(0);
    private Hang hang = HANG;
    private long now;
    private long answers;
    private long others;

    @Test
    void one_that_answers_nobody_for_half_a_second_while_others_answer_is_doubted() {
        lookFor(Duration.ofMillis(400), 1);
        assertThat(silence.isSuspected()).isFalse();

        lookFor(Duration.ofMillis(100), 1);
        assertThat(silence.isSuspected()).isTrue();
    }

    @Test
    void nobody_is_doubted_while_the_whole_pool_is_silent() {
        lookFor(Duration.ofSeconds(20), 0);

        assertThat(silence.isSuspected()).isFalse();
    }

    @Test
    void nobody_is_doubted_who_owes_no_answer() {
        for (int i = 0; i < 50; i++) {
            others++;
            look(0);
        }

        assertThat(silence.isSuspected()).isFalse();
    }

    @Test
    void one_answer_ends_the_doubt_though_others_still_wait() {
        lookFor(Duration.ofSeconds(1), 1);
        answers++;
        look(1);

        assertThat(silence.isSuspected()).isFalse();
    }

    @Test
    void that_those_who_waited_have_left_ends_no_doubt() {
        lookFor(Duration.ofSeconds(1), 1);
        others++;
        look(0);

        assertThat(silence.isSuspected()).isTrue();
    }

    @Test
    void a_doubt_ends_by_itself_and_comes_again_only_with_a_new_wait() {
        lookFor(Duration.ofMillis(500), 1);
        assertThat(silence.isSuspected()).isTrue();
        lookFor(HANG.suspectFor(), 1);
        assertThat(silence.isSuspected()).isFalse();

        lookFor(Duration.ofSeconds(20), 1);
        assertThat(silence.isSuspected()).isFalse();

        look(0);
        lookFor(HANG.suspectAfter(), 1);
        assertThat(silence.isSuspected()).isTrue();
    }

    @Test
    void one_that_is_well_though_busy_is_not_doubted_again_for_the_same_silence() {
        lookFor(Duration.ofMillis(600), 1);
        silence.clear();

        lookFor(Duration.ofSeconds(20), 1);

        assertThat(silence.isSuspected()).isFalse();
    }

    @Test
    void a_doubt_that_checks_confirm_holds_on() {
        lookFor(HANG.suspectAfter(), 1);
        for (int i = 0; i < 10; i++) {
            silence.confirm(now);
            lookFor(Duration.ofSeconds(1), 1);
            assertThat(silence.isSuspected()).isTrue();
        }

        answers++;
        look(1);
        assertThat(silence.isSuspected()).isFalse();
    }

    @Test
    void times_are_those_of_the_settings() {
        hang = new Hang(Duration.ofMillis(200), Duration.ofMillis(300));
        lookFor(Duration.ofMillis(200), 1);
        assertThat(silence.isSuspected()).isTrue();
        lookFor(Duration.ofMillis(300), 1);
        assertThat(silence.isSuspected()).isFalse();
    }

    @Test
    void a_time_of_zero_never_suspects() {
        hang = new Hang(Duration.ZERO, HANG.suspectFor());
        lookFor(Duration.ofSeconds(20), 1);
        assertThat(silence.isSuspected()).isFalse();
    }

    private void lookFor(Duration time, int answersOfOthers) {
        for (long i = time.toMillis() / 100; i > 0; i--) {
            others += answersOfOthers;
            look(1);
        }
    }

    private void look(int waiting) {
        now += Duration.ofMillis(100).toNanos();
        silence.update(hang, waiting, answers, others, now);
    }
}
