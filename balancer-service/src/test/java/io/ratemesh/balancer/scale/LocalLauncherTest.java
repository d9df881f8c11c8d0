package io.ratemesh.balancer.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shell script in place of the launcher. */
class LocalLauncherTest {

    private final Vertx vertx = Vertx.vertx();
    private final Path home;
    private final LocalLauncher launcher;

    LocalLauncherTest(@TempDir Path home) {
        this.home = home;
        this.launcher = new LocalLauncher(vertx, home);
    }

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @Test
    void without_the_file_of_the_launcher_nothing_can_be_started() {
        assertThat(launcher.unavailable())
                .hasValueSatisfying(why -> assertThat(why).contains("not started by ./ratemesh up"));
    }

    @Test
    void the_ids_that_the_launcher_prints_are_returned() throws IOException {
        script("echo \"  0.1 s  converter-3 started (pid 17)\"; echo converter-3; echo converter-4");

        assertThat(launcher.unavailable()).isEmpty();
        assertThat(await(launcher.launch(2))).containsExactly("converter-3", "converter-4");
    }

    @Test
    void the_command_and_one_argument_are_added() throws IOException {
        script("echo \"$@\" >" + home.resolve("arguments"));

        await(launcher.launch(2));
        assertThat(home.resolve("arguments")).hasContent("launch-converters 2");
        await(launcher.retire("converter-3"));
        assertThat(home.resolve("arguments")).hasContent("retire-converter converter-3");
    }

    @Test
    void an_id_that_is_none_is_not_passed_on() throws IOException {
        script("echo \"$@\" >" + home.resolve("arguments"));

        await(launcher.retire("--set x"));

        assertThat(home.resolve("arguments")).doesNotExist();
    }

    @Test
    void a_failure_has_the_last_line_of_the_launcher() throws IOException {
        script("echo started; echo \"ratemesh: no cluster is up\" >&2; exit 1");

        assertThatThrownBy(() -> await(launcher.launch(1)))
                .hasMessageContaining("the launcher ended with exit code 1: ratemesh: no cluster is up");
    }

    @Test
    void a_busy_launcher_is_told_apart_from_one_that_fails() throws IOException {
        script("exit 3");

        assertThatThrownBy(() -> await(launcher.launch(1))).hasCauseInstanceOf(LauncherBusyException.class);
    }

    private void script(String commands) throws IOException {
        Path script = home.resolve("script");
        Files.writeString(script, commands);
        Files.write(home.resolve(LocalLauncher.FILE), List.of("/bin/sh", script.toString()));
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }
}
