package io.ratemesh.benchmarks.all;

import static io.ratemesh.benchmarks.all.PlannedRun.LEFT_OUT;
import static io.ratemesh.benchmarks.all.PlannedRun.taking;

import java.util.List;

/**
 * A benchmark of {@code bench all}, and what it takes in each plan.
 *
 * @param command the name of its command
 */
record PlannedBenchmark(String command, PlannedRun full, PlannedRun quick, PlannedRun smoke) {

    /**
     * The benchmarks in their order. Not among them: {@code soak}, {@code fuzz} and {@code scale}, which compare nothing and take
     * long, and {@code chaos}.
     */
    static final List<PlannedBenchmark> ALL = List.of(
            new PlannedBenchmark(
                    "proxy",
                    taking(395, "--rounds 4 --warm-up 30"),
                    taking(75, "--connections 64 --rounds 3 --seconds 2 --warm-up 10"),
                    taking(22, "--connections 16 --rounds 1 --seconds 1 --warm-up 1")),
            new PlannedBenchmark(
                    "tls",
                    taking(200, "--rounds 3 --seconds 4 --warm-up 25"),
                    taking(82, "--rounds 2 --seconds 2 --warm-up 10"),
                    taking(24, "--rounds 1 --seconds 2 --warm-up 2")),
            new PlannedBenchmark(
                    "tcp",
                    taking(150, "--rounds 3"),
                    taking(40, "--cases short,connect --rounds 3 --seconds 2 --warm-up 5"),
                    taking(16, "--connections 16 --rounds 1 --seconds 1 --warm-up 1")),
            new PlannedBenchmark(
                    "static",
                    taking(115, "--rounds 2 --seconds 3 --warm-up 4"),
                    taking(38, "--rounds 1 --seconds 1 --warm-up 2"),
                    taking(28, "--connections 16 --rounds 1 --seconds 1 --warm-up 1")),
            new PlannedBenchmark(
                    "idle",
                    taking(110, "--idle 10000"),
                    taking(37, "--idle 2000 --active 200 --seconds 3 --warm-up 5"),
                    taking(22, "--idle 50 --active 10 --seconds 1 --warm-up 1")),
            new PlannedBenchmark(
                    "sse",
                    taking(210, "--contenders ratemesh,nchan --readers 1000,5000,10000 --seconds 15"),
                    taking(83, "--contenders ratemesh,nchan --readers 1000 --seconds 6"),
                    taking(30, "--contenders ratemesh,nchan --readers 20 --seconds 1")),
            new PlannedBenchmark(
                    "convert",
                    taking(60, "--rounds 3"),
                    taking(22, "--rounds 3 --seconds 2 --warm-up 3"),
                    taking(10, "--rounds 1 --seconds 1 --warm-up 1")),
            new PlannedBenchmark(
                    "convert-stack",
                    taking(125, "--rounds 3 --warm-up 30"),
                    taking(37, "--rounds 2 --seconds 2 --warm-up 4"),
                    taking(25, "--rounds 1 --seconds 1 --warm-up 1")),
            new PlannedBenchmark(
                    "start",
                    taking(125, "--starts 3"),
                    taking(72, "--starts 1 --ups 1"),
                    taking(20, "--starts 1 --no-archives")),
            new PlannedBenchmark("jmh", taking(180, ""), taking(50, "--quick"), taking(20, "--smoke")),
            new PlannedBenchmark(
                    "faults",
                    taking(110, "--faults killed,hung,resetting,failing"),
                    taking(25, "--faults killed --seconds 2"),
                    taking(12, "--faults drained --rate 100 --connections 4 --seconds 1")),
            new PlannedBenchmark(
                    "slow",
                    taking(165, "--attacks head,read --rounds 1"),
                    LEFT_OUT,
                    taking(
                            16,
                            "--attacks head --connections 20 --clients 4 --rate 100 --rounds 1 --seconds 1 --warm-up 1")),
            new PlannedBenchmark("warm", taking(130, "--rounds 1"), LEFT_OUT, LEFT_OUT),
            new PlannedBenchmark(
                    "growth",
                    taking(480, "--seconds 4 --warm-up 6"),
                    LEFT_OUT,
                    taking(40, "--sweeps connections,batch --most 16 --seconds 1 --warm-up 1")));

    boolean isIn(BenchmarkPlan plan) {
        return !run(plan).isLeftOut();
    }

    PlannedRun run(BenchmarkPlan plan) {
        return switch (plan) {
            case FULL -> full;
            case QUICK -> quick;
            case SMOKE -> smoke;
        };
    }
}
