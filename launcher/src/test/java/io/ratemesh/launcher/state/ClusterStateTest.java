package io.ratemesh.launcher.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ratemesh.launcher.outcome.Failure;
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
        this.state = new ClusterState(new Home(folder, true), pid -> Optional.empty());
    }

    @Test
    void theFactsAreReadAsTheyWereWritten() {
        ClusterFacts facts = new ClusterFacts(
                "mesh",
                Path.of("/srv/a folder"),
                Optional.of(Path.of("/etc/ratemesh=1.yaml")),
                true,
                new Listener("0.0.0.0", 8080),
                new Listener("127.0.0.1", 8404),
                "admin",
                folder.resolve("admin-password"),
                Instant.parse("2026-07-06T14:00:00.123Z"),
                Map.of(NodeRole.RATES, 1, NodeRole.CONVERTER, 12, NodeRole.BALANCER, 0));

        state.write(facts);

        assertThat(state.facts()).contains(facts);
    }

    @Test
    void aNumberIsNeverGivenTwiceWhoeverAsks() {
        state.write(facts());

        assertThat(state.allot(NodeRole.CONVERTER)).isEqualTo("converter-1");
        assertThat(state.allot(NodeRole.CONVERTER)).isEqualTo("converter-2");
        assertThat(state.allot(NodeRole.RATES)).isEqualTo("rates-1");
        ClusterState another = new ClusterState(new Home(folder, true), pid -> Optional.empty());
        assertThat(another.allot(NodeRole.CONVERTER)).isEqualTo("converter-3");
    }

    @Test
    void withFactsButWithoutAProcessItIsNotUp() {
        state.write(facts());

        assertThat(state.isUp()).isFalse();
        assertThatThrownBy(state::factsOfRunning)
                .isInstanceOf(Failure.class)
                .hasMessageContaining("no cluster is up")
                .hasMessageContaining("./ratemesh up");
    }

    private ClusterFacts facts() {
        return new ClusterFacts(
                "mesh",
                folder,
                Optional.empty(),
                false,
                new Listener("0.0.0.0", 8080),
                new Listener("127.0.0.1", 8404),
                "admin",
                folder.resolve("admin-password"),
                Instant.EPOCH,
                Map.of());
    }
}
