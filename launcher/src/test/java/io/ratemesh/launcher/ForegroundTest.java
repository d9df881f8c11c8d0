package io.ratemesh.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.launcher.standin.StandInProject;
import io.ratemesh.launcher.state.NodeRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Signals to a launcher in a process of its own, as in a terminal. */
@Timeout(180)
class ForegroundTest {

    /** The bit of signal 2 in the masks of {@code /proc/self/status}. */
    private static final long SIGINT = 1 << 1;

    private final Path said;
    private final StandInProject project;
    private final List<Process> launchers = new ArrayList<>();

    ForegroundTest(@TempDir Path folder) {
        this.said = folder.resolve("said");
        this.project = new StandInProject(folder);
    }

    @AfterEach
    void leaveNothingBehind() {
        launchers.forEach(Process::destroyForcibly);
        project.close();
    }

    @Test
    void sigterm_drains_all_in_order_and_is_a_done_command() throws Exception {
        Process up = launch("up", "--port", "" + project.port(), "--stats-port", "" + project.statsPort());
        awaitSaid("Ctrl-C");

        up.destroy();

        assertThat(exitCode(up)).as(said()).isZero();
        assertThat(project.ended()).startsWith("balancer-1").endsWith("rates-1").hasSize(4);
        assertThat(project.state().snapshot()).isEmpty();
    }

    @Test
    void the_ctrl_c_of_a_terminal_reaches_the_launcher_alone() throws Exception {
        assumeThat(ignoresInterrupts())
                .as("SIGINT is ignored here, and so by every child process: run the tests in the foreground")
                .isFalse();
        Process up = launch("up", "--port", "" + project.port(), "--stats-port", "" + project.statsPort());
        awaitSaid("Ctrl-C");

        // A terminal sends SIGINT to every process of the foreground group; the nodes must not be of it.
        String group = processGroup(up.pid());
        assertThat(project.state().nodes().running())
                .hasSize(4)
                .allSatisfy(node -> assertThat(processGroup(node.pid())).isNotEqualTo(group));
        new ProcessBuilder("kill", "-INT", "" + up.pid()).start().waitFor();

        assertThat(exitCode(up)).as(said()).isZero();
        assertThat(project.ended()).endsWith("rates-1").hasSize(4);
    }

    @Test
    void a_signal_during_the_start_leaves_nothing_running() throws Exception {
        Process up = launch(
                "up", "--converters", "6", "--port", "" + project.port(), "--stats-port", "" + project.statsPort());
        awaitSaid("converter-1 started");

        up.destroy();
        exitCode(up);

        assertThat(project.state().nodes().all()).isEmpty();
        assertThat(project.state().snapshot()).isEmpty();
    }

    @Test
    void a_node_that_dies_is_reported_and_one_that_is_scaled_away_is_not() throws Exception {
        launch("up", "--converters", "3", "--port", "" + project.port(), "--stats-port", "" + project.statsPort());
        awaitSaid("Ctrl-C");

        assertThat(project.run("scale", "2").exitCode()).isZero();
        NodeRecord victim = project.state().nodes().all().stream()
                .filter(node -> node.id().equals("converter-1"))
                .findFirst()
                .orElseThrow();
        ProcessHandle.of(victim.pid()).ifPresent(ProcessHandle::destroyForcibly);

        awaitSaid("converter-1 (pid " + victim.pid() + ") died unexpectedly");
        assertThat(said()).doesNotContain("converter-3 (pid");
    }

    @Test
    void down_from_another_terminal_ends_the_foreground_too() throws Exception {
        Process up = launch("up", "--port", "" + project.port(), "--stats-port", "" + project.statsPort());
        awaitSaid("Ctrl-C");

        assertThat(project.run("down").exitCode()).isZero();

        assertThat(exitCode(up)).isZero();
        assertThat(said()).contains("stopped by another command").doesNotContain("died");
    }

    @Test
    void a_converter_in_the_foreground_is_known_to_the_others_and_leaves_with_its_terminal() throws Exception {
        assertThat(project.up("--converters", "1").exitCode()).isZero();

        Process converter = launch("converter");
        awaitSaid("converter-2 serves at http://127.0.0.1:");
        assertThat(said()).containsOnlyOnce("serves at").contains(" in cluster ratemesh-");
        assertThat(project.run("status").out()).containsPattern("converter-2 +converter +READY");

        converter.destroy();

        assertThat(exitCode(converter)).as(said()).isEqualTo(143);
        assertThat(project.state().nodes().all()).extracting(NodeRecord::id).doesNotContain("converter-2");
        assertThat(project.ended()).containsExactly("converter-2");
    }

    @Test
    void scale_may_take_a_foreground_converter_away_and_its_launcher_ends_with_it() throws Exception {
        assertThat(project.up("--converters", "1").exitCode()).isZero();
        Process converter = launch("converter");
        awaitSaid("converter-2 says hello");

        assertThat(project.run("scale", "1").exitCode()).isZero();

        assertThat(exitCode(converter)).isEqualTo(143);
    }

    private Process launch(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dratemesh.project=" + project.folder(),
                "-cp",
                System.getProperty("java.class.path"),
                Launcher.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(project.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().putAll(project.environment());
        Process process = builder.start();
        launchers.add(process);
        return process;
    }

    /** Fails with the output of the launcher if it does not end in time. */
    private int exitCode(Process launcher) throws Exception {
        assertThat(launcher.waitFor(60, TimeUnit.SECONDS))
                .as("the launcher ends within 60 s: %s", said())
                .isTrue();
        return launcher.exitValue();
    }

    /** Whether this process was started with SIGINT ignored, as background jobs of a shell script are; false where unknown. */
    private static boolean ignoresInterrupts() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> line.substring("SigIgn:".length()).strip())
                .anyMatch(mask -> (Long.parseUnsignedLong(mask, 16) & SIGINT) != 0);
    }

    private void awaitSaid(String words) {
        await(words)
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(said()).contains(words));
    }

    private String said() throws IOException {
        return Files.exists(said) ? Files.readString(said) : "";
    }

    private static String processGroup(long pid) throws IOException {
        Path stat = Path.of("/proc/" + pid + "/stat");
        if (Files.exists(stat)) {
            String text = Files.readString(stat);
            return text.substring(text.lastIndexOf(')') + 2).split(" ")[2];
        }
        Process ps = new ProcessBuilder("ps", "-o", "pgid=", "-p", "" + pid).start();
        return new String(ps.getInputStream().readAllBytes(), UTF_8).strip();
    }
}
