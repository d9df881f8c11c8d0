package io.ratemesh.benchmarks.all;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.benchmarks.Benchmarks;
import io.ratemesh.benchmarks.command.BenchmarkCommand;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

class BenchmarkPlanTest {

    @ParameterizedTest
    @CsvSource({"FULL,3600", "QUICK,600", "SMOKE,310"})
    void a_plan_takes_less_than_its_time(BenchmarkPlan plan, int mostSeconds) {
        int seconds = plan.benchmarks().stream()
                .mapToInt(benchmark -> benchmark.run(plan).seconds())
                .sum();

        assertThat(seconds).isLessThan(mostSeconds);
    }

    @ParameterizedTest
    @EnumSource
    void each_benchmark_accepts_its_options(BenchmarkPlan plan) {
        for (PlannedBenchmark benchmark : plan.benchmarks()) {
            List<String> words = new ArrayList<>(List.of(benchmark.command()));
            words.addAll(benchmark.run(plan).arguments());

            Object command = Benchmarks.commandLine()
                    .parseArgs(words.toArray(String[]::new))
                    .subcommand()
                    .commandSpec()
                    .userObject();

            assertThat(command).as(benchmark.command()).isInstanceOf(BenchmarkCommand.class);
        }
    }

    @Test
    void all_of_them_are_in_the_full_plan() {
        assertThat(BenchmarkPlan.FULL.benchmarks()).isEqualTo(PlannedBenchmark.ALL);
    }

    @Test
    void a_benchmark_outside_the_plan_is_wrong_usage() {
        CommandLine commands = Benchmarks.commandLine();

        assertThat(commands.execute("all", "--quick", "--only", "slow")).isEqualTo(2);
        assertThat(commands.execute("all", "--only", "speed")).isEqualTo(2);
        assertThat(commands.execute("all", "--quick", "--smoke")).isEqualTo(2);
    }
}
