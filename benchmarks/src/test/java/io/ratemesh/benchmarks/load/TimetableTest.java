package io.ratemesh.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimetableTest {

    private static final long MILLI = 1_000_000;

    /** Its values may overflow meanwhile, as those of {@link System#nanoTime()}. */
    private final long begin = Long.sum(Long.MAX_VALUE, -100 * MILLI);

    private final Timetable timetable = new Timetable(begin, 100, 1, 2);

    @Test
    void requests_are_due_at_equal_distances() {
        assertThat(timetable.take()).isEqualTo(begin);
        assertThat(timetable.take()).isEqualTo(begin + 10 * MILLI);
        assertThat(timetable.isDue(begin + 20 * MILLI - 1)).isFalse();
        assertThat(timetable.nanosUntilDue(begin + 19 * MILLI)).isEqualTo(MILLI);
        assertThat(timetable.isDue(begin + 20 * MILLI)).isTrue();
    }

    @Test
    void one_that_is_taken_late_is_still_due_when_it_was() {
        assertThat(timetable.isDue(begin + 5000 * MILLI)).isTrue();
        assertThat(timetable.nanosUntilDue(begin + 5000 * MILLI)).isZero();
        assertThat(timetable.take()).isEqualTo(begin);
    }

    @Test
    void those_of_the_warm_up_do_not_count() {
        assertThat(timetable.counts(begin + 990 * MILLI)).isFalse();
        assertThat(timetable.counts(begin + 1000 * MILLI)).isTrue();
    }

    @Test
    void it_ends_after_the_last() {
        assertThat(timetable.count()).isEqualTo(300);
        for (int i = 0; i < 300; i++) {
            assertThat(timetable.isOver()).isFalse();
            timetable.take();
        }
        assertThat(timetable.isOver()).isTrue();
        assertThat(timetable.isDue(begin + 100_000 * MILLI)).isFalse();
    }
}
