package io.ratemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.systemtests.process.Workspace;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** {@code ./ratemesh bench all --smoke}: each benchmark still works. Its figures mean nothing and no time is asserted. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BenchSmokeIT {

    private static final String LEAN = "-Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1";

    /** It takes about five when the machine has nothing else to do. */
    private static final long LIMIT_MINUTES = 12;

    @Test
    void every_benchmark_runs_to_its_end_and_has_figures() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(
                Files.createDirectories(Workspace.target().resolve("bench")), "smoke-");
        Path results = folder.resolve("results.json");
        Path log = folder.resolve("bench.log");
        Process bench = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        Workspace.module("benchmarks/target/benchmarks.jar").toString(),
                        "io.ratemesh.benchmarks.Benchmarks",
                        "all",
                        "--smoke",
                        "--results=" + results,
                        "--plots=" + folder,
                        "--project=" + Workspace.module(""),
                        "--rates-options=" + LEAN,
                        "--converter-options=" + LEAN,
                        "--balancer-options=" + LEAN)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(bench.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES))
                    .as("ends; see " + log)
                    .isTrue();
        } finally {
            bench.destroy();
        }

        assertThat(bench.exitValue()).as("see " + log).isZero();
        List<JsonObject> benchmarks = new JsonObject(Files.readString(results))
                .getJsonArray("benchmarks").stream().map(JsonObject.class::cast).toList();
        assertThat(benchmarks)
                .hasSizeGreaterThan(12)
                .allSatisfy(benchmark -> assertThat(benchmark.getJsonArray("figures"))
                        .as(benchmark.getString("name"))
                        .isNotEmpty());
        benchmarks.forEach(benchmark -> assertThat(folder.resolve("bench-" + benchmark.getString("name") + ".svg"))
                .isNotEmptyFile());
    }
}
