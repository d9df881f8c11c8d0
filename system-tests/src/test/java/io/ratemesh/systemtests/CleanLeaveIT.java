package io.ratemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.systemtests.cluster.ClusterUnderTest;
import io.ratemesh.systemtests.cluster.Feeds;
import io.ratemesh.systemtests.process.Jvm;
import io.ratemesh.systemtests.process.RefusingPort;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The logs of nodes that are stopped one after another by Ctrl-C. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CleanLeaveIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** The exit code that a shell reports: 128 and the number of the signal. */
    private static final List<Integer> ENDED_BY_SIGNAL = List.of(130, 143);

    @Test
    void nodes_that_are_interrupted_leave_without_a_warning_or_a_stack_trace_in_any_log() throws IOException {
        try (RefusingPort nowhere = new RefusingPort();
                ClusterUnderTest cluster = new ClusterUnderTest("clean-leave", Feeds.unreachable(nowhere))) {
            cluster.up(2);
            List<Jvm> nodes = List.of(
                    cluster.jvm("converter-2"),
                    cluster.jvm("balancer-1"),
                    cluster.jvm("converter-1"),
                    cluster.jvm("rates-1"));

            for (Jvm node : nodes) {
                node.interrupt();
                assertThat(node.awaitExit(TIMEOUT)).as(node.toString()).isIn(ENDED_BY_SIGNAL);
            }

            for (Jvm node : nodes) {
                assertThat(Files.readAllLines(node.log()).stream()
                                .dropWhile(line -> !line.contains(" RunningNode - draining")))
                        .as(node.toString())
                        .allSatisfy(line ->
                                assertThat(line).matches("\\S+Z INFO .*").doesNotContain("Exception"))
                        .last()
                        .asString()
                        .endsWith(" RunningNode - left the cluster");
            }
        }
    }
}
