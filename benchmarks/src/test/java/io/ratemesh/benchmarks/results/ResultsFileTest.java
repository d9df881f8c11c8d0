package io.ratemesh.benchmarks.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ratemesh.benchmarks.process.MachineFacts;
import io.ratemesh.benchmarks.report.Figure;
import io.ratemesh.benchmarks.report.Goal;
import io.ratemesh.benchmarks.report.Measure;
import io.ratemesh.benchmarks.results.BenchmarkOutcome.Conditions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultsFileTest {

    private static final Conditions CONDITIONS = new Conditions(12.5, 0.3, 1.9);

    private static final RunResults RESULTS = new RunResults(
            Instant.parse("2026-11-30T18:00:00Z"),
            "1234abcd",
            new MachineFacts("AMD EPYC", 2, 8_000_000_000L, "Linux 6.1", "OpenJDK 17"),
            "quick",
            List.of(
                    new BenchmarkOutcome(
                            "proxy",
                            "--rounds 2",
                            CONDITIONS,
                            List.of("- HAProxy version 2.6.12"),
                            List.of(
                                    new Figure("64 connections", "Ratemesh", Measure.REQUESTS, List.of(1.5, 2.0)),
                                    Figure.once("64 connections", "HAProxy", Measure.P999, 3)),
                            List.of(
                                    Goal.atLeast("requests", 1.1, 1.25),
                                    Goal.atMost("p99", 0.4, 0.5),
                                    Goal.atMost("not measured", Double.NaN, 2)),
                            List.of("| a | table |"),
                            Optional.empty()),
                    BenchmarkOutcome.failed("tcp", "", CONDITIONS, "wrk is missing")));

    @TempDir
    private Path folder = Path.of("");

    @Test
    void what_is_written_is_read_again() {
        Path file = folder.resolve("new/results.json");

        ResultsFile.write(file, RESULTS);

        assertThat(ResultsFile.read(file)).isEqualTo(RESULTS);
    }

    @Test
    void a_benchmark_that_could_not_be_run_or_missed_a_goal_shows_in_the_run() {
        assertThat(RESULTS.isComplete()).isFalse();
        assertThat(RESULTS.isGoalMet()).isFalse();
        assertThat(new RunResults(RESULTS.date(), "", RESULTS.machine(), "full", List.of()).isGoalMet())
                .isTrue();
    }

    @Test
    void a_missing_file_is_named() {
        assertThatThrownBy(() -> ResultsFile.read(folder.resolve("no.json")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no.json is missing; use a file that");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    nonsense | is not JSON
                    [1]      | is not JSON
                    {}       | schema is missing
                    {"schema":2} | version 2 of the results; this release reads version 1
                    {"schema":1} | machine is missing in [schema]
                    {"schema":1,"machine":5} | has no valid results
                    """)
    void a_malformed_file_says_what_is_wrong(String text, String expected) throws IOException {
        Path file = Files.writeString(folder.resolve("results.json"), text);

        assertThatThrownBy(() -> ResultsFile.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(expected)
                .hasMessageContaining("results.json");
    }

    @Test
    void an_unknown_measure_is_named() throws IOException {
        Path file = folder.resolve("results.json");
        ResultsFile.write(file, RESULTS);
        Files.writeString(file, Files.readString(file).replace("\"p999\"", "\"bogomips\""));

        assertThatThrownBy(() -> ResultsFile.read(file)).hasMessageContaining("measure: bogomips is unknown");
    }
}
