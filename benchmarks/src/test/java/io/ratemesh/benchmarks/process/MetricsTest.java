package io.ratemesh.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricsTest {

    private static final Metrics METRICS = new Metrics("""
            # TYPE jvm_memory_used_bytes gauge
            jvm_memory_used_bytes{area="heap",id="Eden Space"} 1.5E6
            jvm_memory_used_bytes{area="heap",id="Tenured Gen"} 2000000.0
            jvm_memory_used_bytes{area="nonheap",id="Metaspace"} 4.0E7
            requests_total 7.0
            requests_total_other 9.0
            """);

    @Test
    void a_metric_is_named_as_it_is_written() {
        assertThat(METRICS.value("requests_total")).isEqualTo(7);
        assertThat(METRICS.value("jvm_memory_used_bytes{area=\"nonheap\",id=\"Metaspace\"}"))
                .isEqualTo(40_000_000);
        assertThat(METRICS.value("nobody_counts")).isZero();
    }

    @Test
    void those_that_begin_alike_are_added_up() {
        assertThat(METRICS.sum("jvm_memory_used_bytes{area=\"heap\"")).isEqualTo(3_500_000);
    }
}
