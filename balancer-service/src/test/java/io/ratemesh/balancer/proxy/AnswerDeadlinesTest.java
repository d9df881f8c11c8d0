package io.ratemesh.balancer.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AnswerDeadlinesTest {

    private final AnswerDeadlines deadlines = new AnswerDeadlines(Duration.ofNanos(100));

    private static final class Asked implements AnswerDeadlines.Waiting {
        private boolean waiting = true;
        private int told;

        @Override
        public boolean waiting() {
            return waiting;
        }

        @Override
        public void tooSlow() {
            waiting = false;
            told++;
        }
    }

    @Test
    void tells_those_whose_answer_did_not_come_in_time_and_only_once() {
        Asked early = new Asked();
        Asked late = new Asked();
        deadlines.add(early, 0);
        deadlines.add(late, 50);

        deadlines.sweep(99);
        assertThat(early.told).isZero();

        deadlines.sweep(100);
        deadlines.sweep(149);
        assertThat(early.told).isEqualTo(1);
        assertThat(late.told).isZero();

        deadlines.sweep(150);
        deadlines.sweep(1000);
        assertThat(early.told).isEqualTo(1);
        assertThat(late.told).isEqualTo(1);
    }

    @Test
    void leaves_those_alone_that_were_answered() {
        Asked answered = new Asked();
        deadlines.add(answered, 0);
        answered.waiting = false;

        deadlines.sweep(1000);

        assertThat(answered.told).isZero();
    }
}
