package io.ratemesh.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.benchmarks.process.ProcessUsage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundTest {

    @Test
    void the_cpu_time_of_a_round_is_divided_by_its_requests() {
        ProcessUsage before = new ProcessUsage(Duration.ofMillis(1500), 10_000_000);
        ProcessUsage after = new ProcessUsage(Duration.ofMillis(2500), 12_000_000);

        Round round = Round.of(new Wrk.Load(80_000, 79_500.5), before, after);

        assertThat(round).isEqualTo(new Round(79_500.5, 12.5, 12_000_000));
    }

    @Test
    void each_figure_has_its_own_median() {
        List<Round> rounds = List.of(new Round(10, 7, 100), new Round(30, 9, 300), new Round(20, 8, 200));

        assertThat(Round.median(rounds)).isEqualTo(new Round(20, 8, 200));
    }
}
