package io.ratemesh.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.launcher.client.NodeView;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusTableTest {

    @Test
    void nodes_of_different_builds_are_reported() {
        assertThat(StatusTable.mixedBuilds(
                        List.of(node("rates-1", "1.0.0+2bb008a"), node("converter-1", "1.1.0"), node("c-2", "1.1.0"))))
                .contains("nodes run different builds: 1.0.0+2bb008a on 1, 1.1.0 on 2;"
                        + " ./ratemesh restart replaces older ones");
    }

    @Test
    void nodes_of_one_build_are_not() {
        assertThat(StatusTable.mixedBuilds(List.of(node("rates-1", "1.0.0"), node("converter-1", "1.0.0"))))
                .isEmpty();
        assertThat(StatusTable.mixedBuilds(List.of())).isEmpty();
    }

    private static NodeView node(String id, String build) {
        return new NodeView(id, "converter", "READY", "127.0.0.1", 38211, 1783346400000L, 0, 0, 0, build);
    }
}
