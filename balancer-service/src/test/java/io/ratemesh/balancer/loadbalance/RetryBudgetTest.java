package io.ratemesh.balancer.loadbalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.node.settings.FailureSettings;
import io.ratemesh.node.settings.FailureSettings.Retries;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {

    private static final long SECOND = 1_000_000_000;

    private final RetryBudget budget = new RetryBudget(FailureSettings.DEFAULT.retries(), 0);
    private long now;

    @Test
    void three_per_second_are_always_granted_and_may_be_used_at_once() {
        assertThat(granted(100)).isEqualTo(30);

        now += 10 * SECOND;
        assertThat(granted(100)).isEqualTo(30);
        assertThat(budget.granted()).isEqualTo(60);
        assertThat(budget.denied()).isEqualTo(140);
    }

    @Test
    void a_fifth_of_the_requests_is_granted_and_retries_do_not_count_as_requests() {
        for (int i = 0; i < 1000; i++) {
            budget.recordRequest();
        }
        assertThat(granted(1000)).isEqualTo(200);
    }

    @Test
    void percentage_and_minimum_are_those_of_the_settings() {
        budget.configure(new Retries(50, 0), 1);
        assertThat(granted(10)).isZero();
        for (int i = 0; i < 100; i++) {
            budget.recordRequest();
        }
        assertThat(granted(100)).isEqualTo(50);

        budget.configure(new Retries(0, 7), 1);
        assertThat(granted(100)).isEqualTo(20);
    }

    @Test
    void requests_older_than_ten_seconds_do_not_count() {
        for (int i = 0; i < 1000; i++) {
            budget.recordRequest();
        }
        now += 9 * SECOND;
        assertThat(granted(100)).isEqualTo(100);
        now += SECOND;
        assertThat(granted(100)).isZero();
        now += 9 * SECOND;
        assertThat(granted(100)).isEqualTo(30);
    }

    @Test
    void loops_share_the_minimum() {
        budget.configure(FailureSettings.DEFAULT.retries(), 2);
        assertThat(granted(100)).isEqualTo(10);
    }

    @Test
    void remaining_retries_are_counted() {
        assertThat(budget.remaining()).isEqualTo(30);
        granted(4);
        assertThat(budget.remaining()).isEqualTo(26);
        budget.advance(11 * SECOND);
        assertThat(budget.remaining()).isEqualTo(30);
    }

    @Test
    void checking_what_is_left_spends_nothing() {
        for (int i = 0; i < 100; i++) {
            assertThat(budget.hasLeft(now)).isTrue();
        }

        assertThat(budget.remaining()).isEqualTo(30);
        assertThat(budget.granted()).isZero();
        assertThat(budget.denied()).isZero();
    }

    private int granted(int retries) {
        int granted = 0;
        for (int i = 0; i < retries; i++) {
            if (budget.hasLeft(now)) {
                budget.spend(now);
                budget.recordRequest();
                granted++;
            } else {
                budget.deny();
            }
        }
        return granted;
    }
}
