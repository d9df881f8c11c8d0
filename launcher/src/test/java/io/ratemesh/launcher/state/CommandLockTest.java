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
    void theSecondCommandWaitsSaysSoOnceAndGivesUpInTheEnd() {
        CommandLock first = take(Duration.ZERO);

        assertThatThrownBy(() -> take(Duration.ofMillis(100)))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("another ratemesh command")
                .hasMessageContaining(home.folder().toString());
        assertThat(said).hasSize(1);
        first.close();
    }

    @Test
    void itIsFreeOnceTheFirstCommandIsDone() {
        take(Duration.ZERO).close();

        take(Duration.ZERO).close();

        assertThat(said).isEmpty();
    }

    private CommandLock take(Duration patience) {
        return CommandLock.take(home, patience, () -> said.add("waiting"));
    }
}
