package io.ratemesh.launcher.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ratemesh.launcher.outcome.CommandFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLockTest {

    private final ClusterHome home;
    private final List<String> said = new ArrayList<>();

    CommandLockTest(@TempDir Path folder) {
        this.home = new ClusterHome(folder, true);
    }

    @Test
    void the_second_command_waits_reports_it_once_and_fails_after_the_timeout() {
        CommandLock first = take(Duration.ZERO);

        assertThatThrownBy(() -> take(Duration.ofMillis(100)))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("another ratemesh command")
                .hasMessageContaining(home.folder().toString());
        assertThat(said).hasSize(1);
        first.close();
    }

    @Test
    void it_is_free_once_the_first_command_is_done() {
        take(Duration.ZERO).close();

        take(Duration.ZERO).close();

        assertThat(said).isEmpty();
    }

    private CommandLock take(Duration timeout) {
        return CommandLock.take(home, timeout, () -> said.add("waiting"));
    }
}
