package io.ratemesh.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InterleavedRoundsTest {

    @Test
    void each_participant_runs_once_per_round() {
        List<String> order = new ArrayList<>();

        Map<String, List<Integer>> results = InterleavedRounds.run(List.of("b", "a", "c"), 2, participant -> {
            order.add(participant);
            return order.size();
        });

        assertThat(order).containsExactly("b", "a", "c", "b", "a", "c");
        assertThat(results.keySet()).containsExactly("b", "a", "c");
        assertThat(results).containsEntry("b", List.of(1, 4)).containsEntry("c", List.of(3, 6));
    }
}
