package io.ratemesh.node.warmup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WarmUpBudgetTest {

    private long cpu = 7_000_000_000L;
    private long wall = -5_000_000_000L;
    private final WarmUpBudget budget = new WarmUpBudget(Duration.ofMillis(500), () -> cpu, () -> wall);

    @Test
    void cpu_time_since_the_start_counts() {
        assertThat(budget.isSpent()).isFalse();
        pass(499, 260);
        assertThat(budget.isSpent()).isFalse();

        pass(1, 1);

        assertThat(budget.isSpent()).isTrue();
        assertThat(budget.cpuUsed()).isEqualTo(Duration.ofMillis(500));
        assertThat(budget.elapsed()).isEqualTo(Duration.ofMillis(261));
    }

    @Test
    void on_a_busy_machine_it_ends_after_twice_the_time() {
        pass(100, 999);
        assertThat(budget.isSpent()).isFalse();

        pass(0, 1);

        assertThat(budget.isSpent()).isTrue();
    }

    private void pass(long cpuMillis, long wallMillis) {
        cpu += Duration.ofMillis(cpuMillis).toNanos();
        wall += Duration.ofMillis(wallMillis).toNanos();
    }
}
