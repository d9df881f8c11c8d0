package io.ratemesh.benchmarks.idle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class IdleReportTest {

    private static final IdlePlan PLAN = new IdlePlan(10_000, 1000, 15, 20);

    @Test
    void memory_is_shared_by_the_connections_that_came() {
        IdleReport report = report(weight("HAProxy", 9_999), weight("Ratemesh", 10_000));

        assertThat(report.allStayed()).isTrue();
        assertThat(report.lines())
                .contains("- what was on")
                .contains("| Ratemesh | 130 MB | 250 MB | 12.0 kB | 270 MB | 20.0 kB | 268 MB | 33,000 | 10,000 |")
                .contains("every idle connection stayed: met");
    }

    @Test
    void one_of_ours_that_was_closed_is_told() {
        IdleReport report = report(weight("Ratemesh", 9_999));

        assertThat(report.allStayed()).isFalse();
        assertThat(report.lines()).contains("every idle connection stayed: NOT met");
    }

    private static IdleReport report(MemoryUse... weights) {
        return new IdleReport(PLAN, List.of("- what was on"), List.of(weights));
    }

    private static MemoryUse weight(String contender, long open) {
        return new MemoryUse(contender, 130_000_000, 250_000_000, 270_000_000, 268_000_000, open, 33_000);
    }
}
