package io.ratemesh.launcher.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeRegistryTest {

    private static final Instant START = Instant.parse("2026-07-06T14:00:00Z");

    private final Map<Long, String> births = new HashMap<>();
    private final Path folder;
    private final NodeRegistry registry;

    NodeRegistryTest(@TempDir Path folder) {
        this.folder = folder;
        this.registry = new NodeRegistry(folder, pid -> Optional.ofNullable(births.get(pid)));
    }

    @Test
    void what_was_written_is_read() {
        births.put(41L, "tick 41");
        List<String> arguments = List.of("--set", "rates.feeds=[{name: simulated, poll: 1s}]", "a b\\c=#ü");
        NodeRecord written = registry.add(
                new NodeRecord("rates-1", LaunchedRole.RATES, 41, "", START, "/jars/r.jar", arguments, false));

        assertThat(registry.all()).containsExactly(written);
        assertThat(written.arguments()).isEqualTo(arguments);
        assertThat(written.identity()).isEqualTo("tick 41");
    }

    @Test
    void nodes_stand_in_the_order_of_the_start_and_of_their_numbers() {
        add("balancer-1", LaunchedRole.BALANCER, 1);
        add("converter-10", LaunchedRole.CONVERTER, 2);
        add("converter-9", LaunchedRole.CONVERTER, 3);
        add("rates-1", LaunchedRole.RATES, 4);

        assertThat(registry.all())
                .extracting(NodeRecord::id)
                .containsExactly("rates-1", "converter-9", "converter-10", "balancer-1");
    }

    @Test
    void a_process_that_got_the_pid_of_a_dead_node_is_not_taken_for_it() {
        NodeRecord node = add("converter-1", LaunchedRole.CONVERTER, 7);
        births.put(7L, "born later");

        assertThat(registry.isAlive(node)).isFalse();
        assertThat(registry.running()).isEmpty();
        assertThat(registry.all()).hasSize(1);
    }

    @Test
    void a_stopping_node_is_alive_but_not_active() {
        NodeRecord node = add("converter-1", LaunchedRole.CONVERTER, 7);

        registry.markStopping(node);

        assertThat(registry.running()).hasSize(1);
        assertThat(registry.active(LaunchedRole.CONVERTER)).isEmpty();
    }

    @Test
    void files_of_another_making_are_left_alone() throws IOException {
        Files.writeString(folder.resolve("notes.txt"), "mine");
        Files.writeString(folder.resolve("broken.properties"), "role=judge\n");

        assertThat(registry.all()).isEmpty();
    }

    private NodeRecord add(String id, LaunchedRole role, long pid) {
        births.put(pid, "tick " + pid);
        return registry.add(new NodeRecord(id, role, pid, "", START, "/jars/x.jar", List.of(), false));
    }
}
