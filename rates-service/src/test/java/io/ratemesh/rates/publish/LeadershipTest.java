package io.ratemesh.rates.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.rates.publish.Leadership.Change;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LeadershipTest {

    private final AtomicBoolean oldest = new AtomicBoolean();
    private final Leadership leadership = new Leadership(oldest::get);

    @Test
    void aNodeBeginsAsAFollower() {
        assertThat(leadership.look()).isEqualTo(Change.NONE);
        assertThat(leadership.leading()).isFalse();
    }

    @Test
    void eachChangeIsSeenOnce() {
        oldest.set(true);
        assertThat(leadership.look()).isEqualTo(Change.GAINED);
        assertThat(leadership.look()).isEqualTo(Change.NONE);
        assertThat(leadership.leading()).isTrue();

        oldest.set(false);
        assertThat(leadership.look()).isEqualTo(Change.LOST);
        assertThat(leadership.look()).isEqualTo(Change.NONE);
    }

    @Test
    void aNodeThatIsGoingDoesNotTakeTheLeadAgain() {
        oldest.set(true);
        leadership.look();
        leadership.resign();

        assertThat(leadership.look()).isEqualTo(Change.NONE);
        assertThat(leadership.leading()).isFalse();
    }
}
