package io.ratemesh.benchmarks.all;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ratemesh.benchmarks.process.MachineFacts;
import io.ratemesh.benchmarks.report.Goal;
import io.ratemesh.benchmarks.results.BenchmarkOutcome;
import io.ratemesh.benchmarks.results.BenchmarkOutcome.Conditions;
import io.ratemesh.benchmarks.results.RunResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResultsPageTest {

    private static final Conditions CONDITIONS = new Conditions(61, 0.25, 1.75);
    private static final RunResults RESULTS = new RunResults(
            Instant.parse("2026-11-30T18:00:00Z"),
            "abc123",
            new MachineFacts("AMD EPYC", 2, 8_200_000_000L, "Linux 6.1", "OpenJDK 17"),
            "full",
            List.of(
                    new BenchmarkOutcome(
                            "proxy",
                            "--rounds 5",
                            CONDITIONS,
                            List.of(),
                            List.of(),
                            List.of(Goal.atLeast("requests ÷ HAProxy's", 1.3, 1.25)),
                            List.of("| a table |"),
                            Optional.empty()),
                    BenchmarkOutcome.failed("tcp", "", CONDITIONS, "wrk is missing")));

    @Test
    void the_part_between_the_comments_is_replaced_and_the_rest_stays() {
        String page = "# Results\n\n" + ResultsPage.BEGIN + "\nold\n" + ResultsPage.END + "\n\n## By hand\n";

        String next = ResultsPage.replace(page, RESULTS);

        assertThat(next)
                .startsWith("# Results\n\n" + ResultsPage.BEGIN + "\n\n## All benchmarks\n")
                .endsWith("\n" + ResultsPage.END + "\n\n## By hand\n")
                .doesNotContain("old")
                .contains("commit abc123, on 2 × AMD EPYC, 8.2 GB, Linux 6.1, OpenJDK 17.")
                .contains("| proxy | requests ÷ HAProxy's | 1.3 | at least 1.25 | yes |")
                .contains("| tcp | wrk is missing | | | NO |")
                .contains(
                        "### proxy\n\n`./ratemesh bench proxy --rounds 5`, 61 s, load average 0.3 before and 1.8 after.")
                .contains("| a table |");
        assertThat(ResultsPage.replace(next, RESULTS)).isEqualTo(next);
    }

    @Test
    void a_page_without_the_comments_is_left_alone() {
        assertThatThrownBy(() -> ResultsPage.replace("# Results\n", RESULTS)).hasMessageContaining(ResultsPage.BEGIN);
        assertThatThrownBy(() -> ResultsPage.replace(ResultsPage.END + ResultsPage.BEGIN, RESULTS))
                .hasMessageContaining("in this order");
    }

    @Test
    void the_page_of_the_project_has_the_comments() throws IOException {
        assertThat(ResultsPage.replace(Files.readString(Path.of("RESULTS.md")), RESULTS))
                .contains("| a table |");
    }
}
