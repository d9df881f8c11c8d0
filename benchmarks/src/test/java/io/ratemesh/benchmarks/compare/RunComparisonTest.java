package io.ratemesh.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.benchmarks.process.MachineFacts;
import io.ratemesh.benchmarks.report.Figure;
import io.ratemesh.benchmarks.report.Measure;
import io.ratemesh.benchmarks.results.BenchmarkOutcome;
import io.ratemesh.benchmarks.results.BenchmarkOutcome.Conditions;
import io.ratemesh.benchmarks.results.ResultsFile;
import io.ratemesh.benchmarks.results.RunResults;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RunComparisonTest {

    private static final MachineFacts MACHINE = new MachineFacts("AMD EPYC", 2, 8, "Linux", "17");

    @Test
    void less_throughput_outside_both_spreads_is_worse_and_more_is_better() {
        RunResults fast = run(requests("Ratemesh", 100, 102, 104));
        RunResults slow = run(requests("Ratemesh", 90, 91, 92));

        assertThat(RunComparison.of(fast, slow).isWorse()).isTrue();
        assertThat(RunComparison.of(slow, fast).isWorse()).isFalse();
        assertThat(RunComparison.of(slow, fast).lines()).anyMatch(line -> line.endsWith("| better |"));
    }

    @Test
    void less_time_is_better() {
        RunResults before = run(Figure.once("load", "Ratemesh", Measure.P99, 100));
        RunResults after = run(Figure.once("load", "Ratemesh", Measure.P99, 80));

        assertThat(RunComparison.of(before, after).isWorse()).isFalse();
        assertThat(RunComparison.of(after, before).isWorse()).isTrue();
    }

    @Test
    void a_small_change_or_one_within_a_spread_does_not_count() {
        assertThat(verdict(requests("Ratemesh", 100, 100, 100), requests("Ratemesh", 96, 96, 96)))
                .isEqualTo(Verdict.SAME);
        assertThat(verdict(requests("Ratemesh", 70, 100, 101), requests("Ratemesh", 80, 81, 82)))
                .as("the new median is in the old range")
                .isEqualTo(Verdict.SAME);
        assertThat(verdict(requests("Ratemesh", 100, 101, 102), requests("Ratemesh", 80, 81, 101)))
                .as("the old median is in the new range")
                .isEqualTo(Verdict.SAME);
        assertThat(verdict(requests("Ratemesh", 100, 101, 102), requests("Ratemesh", 80, 81, 99)))
                .isEqualTo(Verdict.WORSE);
    }

    @Test
    void where_another_contender_is_compared_the_ratio_counts() {
        RunResults before = run(requests("Ratemesh", 120, 121), requests("HAProxy", 100, 101));
        RunResults slowerMachine = run(requests("Ratemesh", 60, 61), requests("HAProxy", 50, 51));
        RunResults worse = run(requests("Ratemesh", 120, 121), requests("HAProxy", 150, 151));

        assertThat(RunComparison.of(before, slowerMachine).isWorse()).isFalse();
        assertThat(RunComparison.of(before, worse).isWorse()).isTrue();
    }

    @Test
    void runs_that_disagree_on_who_is_ahead_are_said() {
        RunResults ahead = run(requests("Ratemesh", 120, 121), requests("HAProxy", 100, 101));
        RunResults behind = run(requests("Ratemesh", 120, 121), requests("HAProxy", 150, 151));
        RunResults even = run(requests("Ratemesh", 120, 121), requests("HAProxy", 119, 122));

        assertThat(RunComparison.of(ahead, behind).lines())
                .anyMatch(line -> line.contains("| Ratemesh → HAProxy, CONTRADICTION |"))
                .anyMatch(line -> line.endsWith("contradict each other on who is ahead in 1 rows"));
        assertThat(RunComparison.of(ahead, even).lines())
                .anyMatch(line -> line.contains("| Ratemesh → neither |"))
                .anyMatch(line -> line.endsWith("in 0 rows"));
    }

    @Test
    void failures_where_there_were_none_are_worse() {
        Figure none = Figure.once("killed", "Ratemesh", Measure.FAILURES, 0);
        Figure some = Figure.once("killed", "Ratemesh", Measure.FAILURES, 3);

        assertThat(verdict(none, none)).isEqualTo(Verdict.SAME);
        assertThat(verdict(none, some)).isEqualTo(Verdict.WORSE);
        assertThat(verdict(some, none)).isEqualTo(Verdict.BETTER);
    }

    @Test
    void figures_of_one_run_only_are_listed() {
        RunComparison comparison = RunComparison.of(
                run(requests("Ratemesh", 1), requests("HAProxy", 1)),
                run(requests("Ratemesh", 1), requests("nginx", 1)));

        assertThat(comparison.lines())
                .contains(
                        "- only in the old run: proxy, 64 connections, HAProxy, requests/s",
                        "- only in the new run: proxy, 64 connections, nginx, requests/s");
    }

    @Test
    void a_file_of_another_size_is_the_same_load() {
        RunComparison comparison = RunComparison.of(
                run(Figure.once("page, gzip, 2096 B 64 connections", "Ratemesh", Measure.REQUESTS, 100)),
                run(Figure.once("page, gzip, 2100 B 64 connections", "Ratemesh", Measure.REQUESTS, 50)));

        assertThat(comparison.isWorse()).isTrue();
        assertThat(comparison.missing()).isEmpty();
    }

    @Test
    void other_machines_are_said_first() {
        RunResults here = run(requests("Ratemesh", 1));
        RunResults there = new RunResults(
                Instant.EPOCH, "", new MachineFacts("Xeon", 8, 8, "Linux", "17"), "full", here.benchmarks());

        assertThat(RunComparison.of(here, there).lines().get(0)).contains("The machines differ");
        assertThat(RunComparison.of(here, here).lines()).noneMatch(line -> line.contains("machines differ"));
    }

    @Test
    void the_exit_code_says_whether_something_got_worse(@TempDir Path folder) {
        Path fast = folder.resolve("fast.json");
        Path slow = folder.resolve("slow.json");
        ResultsFile.write(fast, run(requests("Ratemesh", 100)));
        ResultsFile.write(slow, run(requests("Ratemesh", 50)));

        assertThat(exitCode(fast, fast)).isZero();
        assertThat(exitCode(slow, fast)).isZero();
        assertThat(exitCode(fast, slow)).isEqualTo(1);
        assertThat(exitCode(fast, folder.resolve("none.json"))).isEqualTo(2);
    }

    private static int exitCode(Path before, Path after) {
        return new CommandLine(new CompareCommand()).execute(before.toString(), after.toString());
    }

    private static Verdict verdict(Figure before, Figure after) {
        return new FigureChange("proxy", before, after, Optional.empty()).verdict();
    }

    private static Figure requests(String contender, double... rounds) {
        return new Figure(
                "64 connections",
                contender,
                Measure.REQUESTS,
                Arrays.stream(rounds).boxed().toList());
    }

    private static RunResults run(Figure... figures) {
        return new RunResults(
                Instant.EPOCH,
                "abc",
                MACHINE,
                "full",
                List.of(new BenchmarkOutcome(
                        "proxy",
                        "",
                        new Conditions(1, 0, 0),
                        List.of(),
                        List.of(figures),
                        List.of(),
                        List.of(),
                        Optional.empty())));
    }
}
