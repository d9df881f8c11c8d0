package io.ratemesh.benchmarks.all;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TimeLeftTest {

    @Test
    void it_is_the_planned_time_at_first() {
        assertThat(new TimeLeft(List.of(100, 200, 30)).minutes()).isEqualTo(6);
    }

    @Test
    void it_is_corrected_by_the_time_that_was_used() {
        TimeLeft slow = new TimeLeft(List.of(60, 600));
        slow.completed(60, 120);
        assertThat(slow.minutes()).isEqualTo(20);

        TimeLeft fast = new TimeLeft(List.of(60, 600));
        fast.completed(60, 30);
        assertThat(fast.minutes()).isEqualTo(5);
    }

    @Test
    void nothing_is_left_after_the_last() {
        TimeLeft time = new TimeLeft(List.of(60));
        time.completed(60, 90);

        assertThat(time.minutes()).isZero();
    }
}
