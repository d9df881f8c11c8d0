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

/** {@code ./ratemesh chaos} in a short form: two halves of a cluster, network namespaces if the tests may create them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ChaosIT {

    private static final String LEAN = "-Xmx96m -XX:+UseSerialGC -XX:TieredStopAtLevel=1";
    private static final long LIMIT_MINUTES = 5;

    /** {@code ./ratemesh chaos} has more, and longer ones. */
    private static final List<String> FAULTS =
            List.of("kill_converter", "kill_rates", "kill_balancer", "full_disk", "partition");

    @Test
    void clients_notice_no_fault_of_a_node_or_of_the_network() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(
                Files.createDirectories(Workspace.target().resolve("clusters")), "chaos-");
        Process chaos = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        Workspace.module("benchmarks/target/benchmarks.jar").toString(),
                        "io.ratemesh.benchmarks.Benchmarks",
                        "chaos",
                        "--faults=" + String.join(",", FAULTS),
                        "--seconds=3",
                        "--partition=14",
                        "--rate=100",
                        "--readers=200",
                        "--project=" + Workspace.module(""),
                        "--converter-options=" + LEAN,
                        "--balancer-options=" + LEAN,
                        "--report=" + folder)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("chaos.log").toFile())
                .start();
        try {
            assertThat(chaos.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES))
                    .as("ends; see " + folder)
                    .isTrue();
        } finally {
            chaos.destroy();
        }
        Path report = folder.resolve("chaos.json");
        assertThat(report).as("see " + folder.resolve("chaos.log")).exists();
        JsonObject json = new JsonObject(Files.readString(report));
        List<JsonObject> results = json.getJsonArray("results").stream()
                .map(JsonObject.class::cast)
                .toList();
        results.forEach(result -> Measured.note(
                "chaos, " + result.getString("fault") + ": until all have recovered",
                result.getLong("recoveryMillis") + " ms"));
        assertThat(results.size() + json.getJsonArray("skipped").size()).isEqualTo(FAULTS.size());
        assertThat(results)
                .allSatisfy(result -> assertThat(result.getBoolean("good"))
                        .as(result.encodePrettily())
                        .isTrue());
    }
}
