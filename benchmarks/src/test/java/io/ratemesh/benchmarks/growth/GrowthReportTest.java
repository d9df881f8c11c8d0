package io.ratemesh.benchmarks.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ratemesh.benchmarks.report.Figure;
import io.ratemesh.benchmarks.report.Measure;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GrowthReportTest {

    private final GrowthReport report = new GrowthReport(List.of(new SweepResult(
            Sweep.CONVERTERS,
            List.of(
                    new GrowthPoint(1, Map.of(Measure.MEMORY, 300.0, Measure.REQUESTS, 30_000.0, Measure.CPU, 40.0)),
                    new GrowthPoint(
                            16, Map.of(Measure.MEMORY, 2500.0, Measure.REQUESTS, 15_000.0, Measure.CPU, 80.0))))));

    @Test
    void each_size_is_a_load() {
        assertThat(report.figures())
                .hasSize(6)
                .contains(
                        Figure.once("1 converters", "Ratemesh", Measure.CPU, 40),
                        Figure.once("16 converters", "Ratemesh", Measure.MEMORY, 2500));
    }

    @Test
    void a_table_shows_how_the_cost_grows() {
        assertThat(report.lines())
                .containsExactly(
                        "| converters | requests/s | µs of CPU per request | MB resident |",
                        "|---|---|---|---|",
                        "| 1 | 30,000 | 40.0 | 300 |",
                        "| 16 | 15,000 | 80.0 | 2,500 |",
                        "",
                        "µs of CPU per request: grows with size^0.25 (last ÷ first: 2.00)",
                        "");
        assertThat(report.goals()).isEmpty();
    }

    @Test
    void a_size_without_a_response_has_no_cost() {
        assertThatThrownBy(() -> new GrowthPoint(16, Map.of(Measure.REQUESTS, 0.0, Measure.CPU, 2_000_000.0)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no response at size 16");
    }

    @Test
    void sizes_above_the_largest_are_left_out_except_the_first() {
        assertThat(Sweep.CONNECTIONS.sizes(256)).containsExactly(16, 64, 256);
        assertThat(Sweep.READERS.sizes(50)).containsExactly(100);
        assertThat(Sweep.UPSTREAMS.sizes(10_000)).endsWith(1000);
    }

    @Test
    void a_batch_has_different_amounts() {
        JsonObject batch = new JsonObject(ConverterSweeps.batchBody(2));

        assertThat(batch.getJsonArray("conversions"))
                .containsExactly(
                        new JsonObject("{\"from\":\"USD\",\"to\":\"JPY\",\"amount\":\"1.75\"}"),
                        new JsonObject("{\"from\":\"USD\",\"to\":\"JPY\",\"amount\":\"2.75\"}"));
    }

    @Test
    void more_readers_get_fewer_updates_per_second() {
        assertThat(StreamSweeps.period(100)).isEqualTo(Duration.ofMillis(20));
        assertThat(StreamSweeps.period(1000)).isEqualTo(Duration.ofMillis(100));
        assertThat(StreamSweeps.period(10_000)).isEqualTo(Duration.ofSeconds(1));
    }
}
