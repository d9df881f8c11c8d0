package io.ratemesh.balancer.upstream.connections;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResponseTimeoutsTest {

    private static final Duration TIMEOUT = Duration.ofNanos(100);

    private final ResponseTimeouts deadlines = new ResponseTimeouts();

    private static final class Asked extends ResponseTimeouts.Waiting {
        private int told;
        private int suspects;

        @Override
        public void tooSlow() {
            told++;
        }

        @Override
        public void upstreamHangs() {
            suspects++;
        }
    }

    @Test
    void lets_all_that_wait_see_whether_their_upstream_hangs_and_nobody_else() {
        Asked answered = new Asked();
        Asked waiting = new Asked();
        deadlines.add(answered, 0);
        deadlines.add(waiting, 0);
        answered.answerCame();

        deadlines.reconsider();

        assertThat(answered.suspects).isZero();
        assertThat(waiting.suspects).isEqualTo(1);
    }

    @Test
    void tells_those_whose_answer_did_not_come_in_time_and_only_once() {
        Asked early = new Asked();
        Asked late = new Asked();
        deadlines.add(early, 0);
        deadlines.add(late, 50);

        deadlines.sweep(TIMEOUT, 99);
        assertThat(early.told).isZero();

        deadlines.sweep(TIMEOUT, 100);
        deadlines.sweep(TIMEOUT, 149);
        assertThat(early.told).isEqualTo(1);
        assertThat(late.told).isZero();

        deadlines.sweep(TIMEOUT, 150);
        deadlines.sweep(TIMEOUT, 1000);
        assertThat(early.told).isEqualTo(1);
        assertThat(late.told).isEqualTo(1);
    }

    @Test
    void without_a_timeout_nobody_is_told() {
        Asked waiting = new Asked();
        deadlines.add(waiting, 0);

        deadlines.sweep(Duration.ZERO, Long.MAX_VALUE);

        assertThat(waiting.told).isZero();
    }

    @Test
    void who_waits_anew_has_all_of_the_time() {
        Asked again = new Asked();
        Asked other = new Asked();
        deadlines.add(again, 0);
        deadlines.add(other, 10);
        deadlines.add(again, 60);

        deadlines.sweep(TIMEOUT, 159);
        assertThat(again.told).isZero();
        assertThat(other.told).isEqualTo(1);

        deadlines.sweep(TIMEOUT, 160);
        assertThat(again.told).isEqualTo(1);
    }

    @Test
    void leaves_those_alone_that_were_answered_wherever_they_stand() {
        for (int answered = 0; answered < 3; answered++) {
            ResponseTimeouts fresh = new ResponseTimeouts();
            List<Asked> all = List.of(new Asked(), new Asked(), new Asked());
            all.forEach(asked -> fresh.add(asked, 0));

            fresh.remove(all.get(answered));
            fresh.remove(all.get(answered));
            fresh.sweep(TIMEOUT, 1000);

            for (Asked asked : all) {
                assertThat(asked.told).isEqualTo(asked == all.get(answered) ? 0 : 1);
            }
        }
    }
}
