package io.ratemesh.node.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each in a JVM of its own, since it is the process that ends. */
class ServiceCommandTest {

    private static final long PATIENCE_SECONDS = 90;

    private final Path folder;
    private final List<String> javaOptions = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto"));

    ServiceCommandTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void help_and_version_are_printed_with_exit_code_0() throws Exception {
        assertThat(run("ready", "--help")).isEqualTo(0);
        assertThat(output()).contains("converter-service", "--config", "--set", "Exit codes: 0 done, 1 failed, 2");
        assertThat(run("ready", "--version")).isEqualTo(0);
        assertThat(output()).contains("converter-service ", ", Java ");
    }

    @Test
    void wrong_usage_and_wrong_settings_end_with_two() throws Exception {
        assertThat(run("ready", "--frobnicate")).isEqualTo(2);
        assertThat(run("ready", "--set", "converter.port=x", "--set", "a=1")).isEqualTo(2);
        assertThat(output())
                .contains(
                        "converter-service: converter.port: \"x\" is not a valid port; use a number from 0 to 65535"
                                + " (from --set)\n",
                        "converter-service: a: unknown key")
                .doesNotContain("Exception", "\tat ");
        assertThat(run("ready", "--config", folder.resolve("missing").toString()))
                .isEqualTo(2);
    }

    @Test
    void check_prints_the_settings_in_force_and_starts_nothing() throws Exception {
        assertThat(run("ready", "check", "--set", "converter.port=9090")).isEqualTo(0);
        assertThat(output())
                .startsWith("# The settings in force; one without a comment is a default.\n")
                .contains("\nconverter:\n  port: 9090  # --set\n")
                .doesNotContain("rates:", "balancer:", "joined cluster", ProbeService.SERVING);
    }

    @Test
    void check_names_all_faults_also_those_of_files_with_exit_code_2() throws Exception {
        assertThat(run(
                        "ready",
                        "check",
                        "--set",
                        "converter.port=x",
                        "--set",
                        "cluster.secret-file=missing",
                        "--set",
                        "cluster.tls={cert: a, key: b, ca: c}"))
                .isEqualTo(2);
        assertThat(output())
                .contains(
                        "converter-service: converter.port: \"x\" is not a valid port",
                        "converter-service: cluster.secret-file: \"missing\" cannot be read",
                        "converter-service: cluster.tls.cert: \"a\" cannot be read")
                .hasLineCount(3);
        assertThat(run("ready", "check", "--set", "cluster.enabled=false")).isEqualTo(2);
        assertThat(output()).startsWith("converter-service: cluster.enabled: \"false\" is not valid for a converter");
    }

    @Test
    void a_start_exception_is_printed_as_one_line_with_exit_code_1() throws Exception {
        assertThat(run("refuse")).isEqualTo(1);

        assertThat(output())
                .contains("converter-service: converter.port: taken\n")
                .doesNotContain("\tat ");
    }

    @Test
    void a_missing_temporary_folder_is_named_before_anything_needs_it() throws Exception {
        Path missing = folder.resolve("missing");
        javaOptions.add("-Djava.io.tmpdir=" + missing);

        assertThat(run("ready")).isEqualTo(1);

        assertThat(output())
                .startsWith("converter-service: java.io.tmpdir: \"" + missing + "\" is not a folder that this process")
                .hasLineCount(1);
    }

    @Test
    void an_unexpected_failure_of_the_start_is_printed_with_exit_code_1() throws Exception {
        assertThat(run("break")).isEqualTo(1);

        assertThat(output()).contains("converter-service: could not start: ", "broken");
    }

    @Test
    void a_signal_drains_before_the_process_ends() throws Exception {
        Process process = start("ready");
        try {
            await().atMost(Duration.ofSeconds(PATIENCE_SECONDS)).until(() -> output().contains(ProbeService.SERVING));

            process.destroy();

            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(output()).containsSubsequence("draining", "drained", "left");
        } finally {
            process.destroyForcibly();
        }
    }

    private int run(String... arguments) throws Exception {
        Process process = start(arguments);
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("ends by itself")
                    .isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-"))
                .forEach(command::add);
        command.addAll(javaOptions);
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(ProbeService.class.getName());
        command.addAll(List.of(arguments));
        if (arguments.length == 1) {
            int random = ThreadLocalRandom.current().nextInt(220);
            command.addAll(List.of("--set", "cluster.name=command-" + UUID.randomUUID()));
            command.addAll(List.of("--set", "cluster.port=" + (10_000 + random * 100)));
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("RATEMESH_"));
        return builder.start();
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("output"), UTF_8);
    }
}
