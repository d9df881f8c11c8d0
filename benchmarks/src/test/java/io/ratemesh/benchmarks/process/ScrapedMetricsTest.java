package io.ratemesh.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScrapedMetricsTest {

    private static final ScrapedMetrics METRICS = new ScrapedMetrics("""
            # TYPE jvm_memory_used_bytes gauge
            jvm_memory_used_bytes{area="heap",id="Eden Space"} 1.5E6
            jvm_memory_used_bytes{area="heap",id="Tenured Gen"} 2000000.0
            jvm_memory_used_bytes{area="nonheap",id="Metaspace"} 4.0E7
            requests_total 7.0
            requests_total_other 9.0
            """);

    @Test
    void a_metric_is_found_by_name_and_labels() {
        assertThat(METRICS.value("requests_total")).isEqualTo(7);
        assertThat(METRICS.value("jvm_memory_used_bytes{area=\"nonheap\",id=\"Metaspace\"}"))
                .isEqualTo(40_000_000);
        assertThat(METRICS.value("missing_total")).isZero();
    }

    @Test
    void metrics_with_a_prefix_are_summed() {
        assertThat(METRICS.sum("jvm_memory_used_bytes{area=\"heap\"")).isEqualTo(3_500_000);
    }
}
