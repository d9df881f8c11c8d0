package io.ratemesh.rates.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.rates.publish.Leadership.Change;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LeadershipTest {

    private final AtomicBoolean oldest = new AtomicBoolean();
    private final Leadership leadership = new Leadership(oldest::get);

    @Test
    void a_node_starts_as_a_follower() {
        assertThat(leadership.check()).isEqualTo(Change.NONE);
        assertThat(leadership.isLeading()).isFalse();
    }

    @Test
    void each_change_is_reported_once() {
        oldest.set(true);
        assertThat(leadership.check()).isEqualTo(Change.GAINED);
        assertThat(leadership.check()).isEqualTo(Change.NONE);
        assertThat(leadership.isLeading()).isTrue();

        oldest.set(false);
        assertThat(leadership.check()).isEqualTo(Change.LOST);
        assertThat(leadership.check()).isEqualTo(Change.NONE);
    }

    @Test
    void a_node_that_stops_does_not_lead_again() {
        oldest.set(true);
        leadership.check();
        leadership.resign();

        assertThat(leadership.check()).isEqualTo(Change.NONE);
        assertThat(leadership.isLeading()).isFalse();
    }
}
