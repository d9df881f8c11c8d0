package io.ratemesh.benchmarks.plot;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.benchmarks.process.MachineFacts;
import io.ratemesh.benchmarks.report.Figure;
import io.ratemesh.benchmarks.report.Measure;
import io.ratemesh.benchmarks.results.BenchmarkOutcome;
import io.ratemesh.benchmarks.results.BenchmarkOutcome.Conditions;
import io.ratemesh.benchmarks.results.RunResults;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlotsTest {

    private static final Conditions CONDITIONS = new Conditions(1, 0, 0);

    private static final List<Figure> FIGURES = List.of(
            new Figure("16 connections", "Ratemesh", Measure.REQUESTS, List.of(900.0, 1000.0, 1100.0)),
            new Figure("16 connections", "HAProxy <2>", Measure.REQUESTS, List.of(700.0, 800.0, 801.0)),
            new Figure("1,024 connections", "Ratemesh", Measure.REQUESTS, List.of(1400.0, 1500.0, 1600.0)),
            Figure.once("16 connections", "Ratemesh", Measure.CPU, 7.5));

    @Test
    void each_figure_has_a_bar_with_its_value_and_whiskers_if_it_has_rounds() {
        String svg = Plots.svg(outcome("proxy", FIGURES));

        // The background is one, too.
        assertThat(count(svg, "<rect")).isEqualTo(FIGURES.size() + 1);
        assertThat(count(svg, "<path")).isEqualTo(3);
        assertThat(svg)
                .contains("<title>bench proxy</title>", "<desc>")
                .contains(">16 connections</text>", ">1,024 connections</text>", ">HAProxy &lt;2&gt;</text>")
                .contains(">1,000</text>", ">800</text>", ">1,500</text>", ">7.5</text>")
                .contains("requests/s (more is better)", "µs of CPU per request (less is better)");
    }

    @Test
    void the_longest_bar_fills_the_panel_and_others_are_in_proportion() {
        String svg = Plots.svg(outcome(
                "static",
                List.of(
                        Figure.once("page", "Ratemesh", Measure.REQUESTS, 100),
                        Figure.once("page", "nginx", Measure.REQUESTS, 50))));

        assertThat(svg).contains("width=\"530.0\" height=\"14.0\"", "width=\"265.0\" height=\"14.0\"");
    }

    @Test
    void figures_of_growth_are_a_line_over_the_size_of_the_load() {
        String svg = Plots.svg(outcome("growth", FIGURES));

        assertThat(count(svg, "<circle")).isEqualTo(FIGURES.size());
        assertThat(svg).contains("requests/s over connections (more is better)", ">1,024</text>", ">Ratemesh</text>");
    }

    @Test
    void a_benchmark_without_figures_has_no_file(@TempDir Path folder) {
        RunResults results = new RunResults(
                Instant.EPOCH,
                "",
                new MachineFacts("", 2, 0, "", ""),
                "full",
                List.of(outcome("proxy", FIGURES), BenchmarkOutcome.failed("tcp", "", CONDITIONS, "no wrk")));

        Plots.write(folder.resolve("images"), results);

        assertThat(folder.resolve("images/bench-proxy.svg")).isNotEmptyFile();
        assertThat(folder.resolve("images/bench-tcp.svg")).doesNotExist();
    }

    private static BenchmarkOutcome outcome(String name, List<Figure> figures) {
        return new BenchmarkOutcome(name, "", CONDITIONS, List.of(), figures, List.of(), List.of(), Optional.empty());
    }

    private static int count(String text, String part) {
        return text.split(part, -1).length - 1;
    }
}
