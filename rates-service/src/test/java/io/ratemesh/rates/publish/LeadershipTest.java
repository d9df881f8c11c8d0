package io.ratemesh.rates.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.rates.publish.Leadership.Change;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LeadershipTest {

    private final AtomicBoolean oldest = new AtomicBoolean();
    private final Leadership leadership = new Leadership(oldest::get);

    @Test
    void a_node_begins_as_a_follower() {
        assertThat(leadership.look()).isEqualTo(Change.NONE);
        assertThat(leadership.leading()).isFalse();
    }

    @Test
    void each_change_is_seen_once() {
        oldest.set(true);
        assertThat(leadership.look()).isEqualTo(Change.GAINED);
        assertThat(leadership.look()).isEqualTo(Change.NONE);
        assertThat(leadership.leading()).isTrue();

        oldest.set(false);
        assertThat(leadership.look()).isEqualTo(Change.LOST);
        assertThat(leadership.look()).isEqualTo(Change.NONE);
    }

    @Test
    void a_node_that_is_going_does_not_take_the_lead_again() {
        oldest.set(true);
        leadership.look();
        leadership.resign();

        assertThat(leadership.look()).isEqualTo(Change.NONE);
        assertThat(leadership.leading()).isFalse();
    }
}
