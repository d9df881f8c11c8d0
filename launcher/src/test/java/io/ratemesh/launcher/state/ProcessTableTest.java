package io.ratemesh.launcher.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTableTest {

    private final ProcessTable processes = ProcessTable.ofThisMachine();

    @Test
    void a_process_keeps_its_birth_and_two_processes_differ() throws IOException {
        long own = ProcessHandle.current().pid();
        Process other = new ProcessBuilder("cat").start();

        assertThat(processes.identity(own)).isPresent().isEqualTo(processes.identity(own));
        assertThat(processes.identity(other.pid())).isPresent().isNotEqualTo(processes.identity(own));
        other.destroyForcibly();
    }

    @Test
    void a_process_that_ended_has_none() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();

        assertThat(processes.identity(process.pid())).isEmpty();
    }

    @Test
    void a_zombie_is_as_good_as_dead() throws IOException {
        // The shell becomes a cat, which never waits for the child of the shell.
        Process parent = new ProcessBuilder("sh", "-c", "true & echo $!; exec cat").start();
        try (BufferedReader out = new BufferedReader(new InputStreamReader(parent.getInputStream(), UTF_8))) {
            long child = Long.parseLong(out.readLine());

            await().untilAsserted(() -> assertThat(processes.identity(child)).isEmpty());
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void the_name_of_a_program_may_hold_brackets_and_blanks(@TempDir Path proc) throws IOException {
        Files.createDirectories(proc.resolve("77"));
        Files.createDirectories(proc.resolve("sys/kernel/random"));
        Files.writeString(proc.resolve("sys/kernel/random/boot_id"), "b00t\n");
        Files.writeString(
                proc.resolve("77/stat"),
                "77 (a) S (b) Z 1 77 77 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 123456 8000 1 2 3 4\n");

        assertThat(new ProcessTable.ProcFiles(proc).identity(77)).isEmpty();

        Files.writeString(
                proc.resolve("77/stat"),
                "77 (a) Z (b) R 1 77 77 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 123456 8000 1 2 3 4\n");

        assertThat(new ProcessTable.ProcFiles(proc).identity(77)).contains("ticks:123456@b00t");
    }
}
