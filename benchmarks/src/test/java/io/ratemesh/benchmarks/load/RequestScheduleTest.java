package io.ratemesh.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequestScheduleTest {

    private static final long MILLI = 1_000_000;

    /** The values overflow, as those of {@link System#nanoTime()} may. */
    private final long begin = Long.sum(Long.MAX_VALUE, -100 * MILLI);

    private final RequestSchedule schedule = new RequestSchedule(begin, 100, 1, 2);

    @Test
    void requests_are_due_at_equal_intervals() {
        assertThat(schedule.next()).isEqualTo(begin);
        assertThat(schedule.next()).isEqualTo(begin + 10 * MILLI);
        assertThat(schedule.isDue(begin + 20 * MILLI - 1)).isFalse();
        assertThat(schedule.nanosUntilDue(begin + 19 * MILLI)).isEqualTo(MILLI);
        assertThat(schedule.isDue(begin + 20 * MILLI)).isTrue();
    }

    @Test
    void an_overdue_request_keeps_its_due_time() {
        assertThat(schedule.isDue(begin + 5000 * MILLI)).isTrue();
        assertThat(schedule.nanosUntilDue(begin + 5000 * MILLI)).isZero();
        assertThat(schedule.next()).isEqualTo(begin);
    }

    @Test
    void requests_of_the_warm_up_are_not_measured() {
        assertThat(schedule.isMeasured(begin + 990 * MILLI)).isFalse();
        assertThat(schedule.isMeasured(begin + 1000 * MILLI)).isTrue();
    }

    @Test
    void it_ends_after_the_last_request() {
        assertThat(schedule.count()).isEqualTo(300);
        for (int i = 0; i < 300; i++) {
            assertThat(schedule.isOver()).isFalse();
            schedule.next();
        }
        assertThat(schedule.isOver()).isTrue();
        assertThat(schedule.isDue(begin + 100_000 * MILLI)).isFalse();
    }
}
