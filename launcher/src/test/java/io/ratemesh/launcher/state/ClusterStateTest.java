package io.ratemesh.launcher.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ratemesh.launcher.outcome.CommandFailure;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterStateTest {

    private final Path folder;
    private final ClusterState state;

    ClusterStateTest(@TempDir Path folder) {
        this.folder = folder;
        this.state = new ClusterState(new ClusterHome(folder, true), pid -> Optional.empty());
    }

    @Test
    void the_snapshot_is_read_as_it_was_written() {
        ClusterSnapshot snapshot = new ClusterSnapshot(
                "mesh",
                Path.of("/srv/a folder"),
                Optional.of(Path.of("/etc/ratemesh=1.yaml")),
                true,
                new ListenAddress("0.0.0.0", 8080),
                new ListenAddress("127.0.0.1", 8404),
                "admin",
                folder.resolve("admin-password"),
                Instant.parse("2026-07-06T14:00:00.123Z"),
                Map.of(LaunchedRole.RATES, 1, LaunchedRole.CONVERTER, 12, LaunchedRole.BALANCER, 0));

        state.write(snapshot);

        assertThat(state.snapshot()).contains(snapshot);
    }

    @Test
    void a_number_is_never_used_twice() {
        state.write(snapshot());

        assertThat(state.nextId(LaunchedRole.CONVERTER)).isEqualTo("converter-1");
        assertThat(state.nextId(LaunchedRole.CONVERTER)).isEqualTo("converter-2");
        assertThat(state.nextId(LaunchedRole.RATES)).isEqualTo("rates-1");
        ClusterState another = new ClusterState(new ClusterHome(folder, true), pid -> Optional.empty());
        assertThat(another.nextId(LaunchedRole.CONVERTER)).isEqualTo("converter-3");
    }

    @Test
    void with_a_snapshot_but_without_a_process_no_cluster_is_up() {
        state.write(snapshot());

        assertThat(state.isUp()).isFalse();
        assertThatThrownBy(state::requireRunning)
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("no cluster is up")
                .hasMessageContaining("./ratemesh up");
    }

    private ClusterSnapshot snapshot() {
        return new ClusterSnapshot(
                "mesh",
                folder,
                Optional.empty(),
                false,
                new ListenAddress("0.0.0.0", 8080),
                new ListenAddress("127.0.0.1", 8404),
                "admin",
                folder.resolve("admin-password"),
                Instant.EPOCH,
                Map.of());
    }
}
