package io.ratemesh.balancer.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.scale.ScalingDecision.Direction;
import io.ratemesh.balancer.scale.SimulatedPool.Second;
import io.ratemesh.node.settings.ScalerSettings;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Target tracking with the default settings, on a pool that responds to the number of converters. */
class LoadCurvesTest {

    private static final ScalerSettings SETTINGS = ScalerDefaults.with();

    private static final double CPU_BOUND = 1 / SimulatedPool.CAPACITY;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # curve  | turns | overloaded | backlog | most | last
            constant |     1 |          9 |    5000 |    8 |    3
            ramp     |     1 |          0 |       0 |    7 |    1
            spike    |     1 |         11 |   21000 |    8 |    1
            sawtooth |     3 |          0 |       0 |    5 |    1
            diurnal  |     3 |          0 |       0 |    7 |    1
            doubling |     1 |          1 |      10 |    8 |    1
            """)
    void the_number_follows_the_load_without_flapping(
            String curve, int turns, int overloaded, double backlog, int most, int last) {
        List<Second> run = run(curve, CPU_BOUND);

        assertThat(turns(run)).as("changes of direction").isLessThanOrEqualTo(turns);
        assertThat(longestOverload(run)).as("seconds in a row above capacity").isLessThanOrEqualTo(overloaded);
        assertThat(run).allSatisfy(second -> assertThat(second.backlog()).isLessThanOrEqualTo(backlog));
        assertThat(run.stream().mapToInt(Second::converters).max()).hasValue(most);
        assertThat(run.get(run.size() - 1).converters()).isEqualTo(last);
    }

    @ParameterizedTest
    @ValueSource(strings = {"constant", "ramp", "spike", "sawtooth", "diurnal", "doubling"})
    void limits_and_cooldowns_are_kept(String curve) {
        List<Second> run = run(curve, CPU_BOUND);

        assertThat(run)
                .allSatisfy(
                        second -> assertThat(second.decision().desired()).isBetween(SETTINGS.min(), SETTINGS.max()));
        List<Second> changes = changes(run);
        for (int i = 1; i < changes.size(); i++) {
            Second now = changes.get(i);
            int passed = now.second() - changes.get(i - 1).second();
            if (now.decision().direction() == Direction.IN) {
                assertThat(passed).as("before %s", now).isGreaterThanOrEqualTo(60);
            } else if (changes.get(i - 1).decision().direction() == Direction.OUT) {
                assertThat(passed).as("before %s", now).isGreaterThanOrEqualTo(5);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"constant", "ramp", "spike", "sawtooth", "diurnal", "doubling"})
    void a_scale_in_leaves_what_the_load_of_the_last_minute_needs(String curve) {
        List<Second> run = run(curve, CPU_BOUND);

        for (Second change : changes(run)) {
            if (change.decision().direction() == Direction.IN) {
                double highest = run.subList(change.second() - 57, change.second() + 1).stream()
                        .mapToDouble(Second::load)
                        .max()
                        .orElseThrow();
                assertThat(change.decision().desired() * SimulatedPool.CAPACITY * 0.75)
                        .as("%s", change)
                        .isGreaterThan(highest);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"constant", "diurnal"})
    void latency_that_grows_faster_than_the_load_does_not_make_the_number_flap(String curve) {
        List<Second> run = run(curve, CPU_BOUND / 100);

        assertThat(turns(run)).isLessThanOrEqualTo(3);
    }

    private static List<Second> run(String curve, double cpuPerRequest) {
        return new SimulatedPool(SETTINGS, new TargetTracking(), cpuPerRequest).run(new LoadCurve(curve));
    }

    private static List<Second> changes(List<Second> run) {
        return run.stream()
                .filter(second -> second.decision().direction() != Direction.HOLD)
                .toList();
    }

    /** How often a scale-in follows a scale-out or the reverse. */
    private static int turns(List<Second> run) {
        List<Second> changes = changes(run);
        int turns = 0;
        for (int i = 1; i < changes.size(); i++) {
            if (changes.get(i).decision().direction()
                    != changes.get(i - 1).decision().direction()) {
                turns++;
            }
        }
        return turns;
    }

    private static int longestOverload(List<Second> run) {
        int longest = 0;
        int now = 0;
        for (Second second : run) {
            now = second.load() > second.converters() * SimulatedPool.CAPACITY ? now + 1 : 0;
            longest = Math.max(longest, now);
        }
        return longest;
    }
}
