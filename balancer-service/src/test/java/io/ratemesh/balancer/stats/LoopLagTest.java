package io.ratemesh.balancer.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoopLagTest {

    private long nanos = 1;
    private final LoopLag lag = new LoopLag(() -> nanos);

    @Test
    void the_lag_is_the_longest_of_the_last_seconds_and_expires() {
        tick(Duration.ofMillis(100));
        assertThat(lag.max()).isZero();
        tick(Duration.ofMillis(350));
        tick(Duration.ofMillis(101));
        assertThat(lag.max()).isEqualTo(Duration.ofMillis(250));

        for (int i = 0; i < 110; i++) {
            tick(Duration.ofMillis(100));
        }
        assertThat(lag.max()).as("in the window before").isEqualTo(Duration.ofMillis(250));
        for (int i = 0; i < 110; i++) {
            tick(Duration.ofMillis(100));
        }
        assertThat(lag.max()).isZero();
    }

    private void tick(Duration later) {
        nanos += later.toNanos();
        lag.tick();
    }
}
