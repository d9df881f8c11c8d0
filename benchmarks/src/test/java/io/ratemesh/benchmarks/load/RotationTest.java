package io.ratemesh.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RotationTest {

    @Test
    void all_have_their_turn_before_one_has_its_next() {
        List<String> order = new ArrayList<>();

        Map<String, List<Integer>> results = Rotation.take(List.of("b", "a", "c"), 2, who -> {
            order.add(who);
            return order.size();
        });

        assertThat(order).containsExactly("b", "a", "c", "b", "a", "c");
        assertThat(results.keySet()).containsExactly("b", "a", "c");
        assertThat(results).containsEntry("b", List.of(1, 4)).containsEntry("c", List.of(3, 6));
    }
}
