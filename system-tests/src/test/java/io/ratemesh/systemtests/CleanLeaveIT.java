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

/** The logs of nodes that are stopped by Ctrl-C: one of them, then all others at the same time. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CleanLeaveIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** Twice what it takes on an idle machine. While nodes waited for others that had left, it took ten seconds and more. */
    private static final Duration ALL_AT_ONCE = Duration.ofSeconds(8);

    /** The exit code that a shell reports: 128 and the number of the signal. */
    private static final List<Integer> ENDED_BY_SIGNAL = List.of(130, 143);

    @Test
    void nodes_that_are_interrupted_leave_soon_without_a_warning_or_a_stack_trace_in_any_log() throws IOException {
        try (RefusingPort nowhere = new RefusingPort();
                ClusterUnderTest cluster = new ClusterUnderTest("clean-leave", Feeds.unreachable(nowhere))) {
            cluster.up(4);
            Jvm first = cluster.jvm("converter-2");
            List<Jvm> others = List.of(
                    cluster.jvm("rates-1"),
                    cluster.jvm("balancer-1"),
                    cluster.jvm("converter-1"),
                    cluster.jvm("converter-3"),
                    cluster.jvm("converter-4"));

            first.interrupt();
            awaitExit(first);
            long begun = System.nanoTime();
            others.forEach(Jvm::interrupt);
            others.forEach(CleanLeaveIT::awaitExit);

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(ALL_AT_ONCE);
            assertLeftCleanly(first);
            for (Jvm node : others) {
                assertLeftCleanly(node);
            }
        }
    }

    private static void awaitExit(Jvm node) {
        assertThat(node.awaitExit(TIMEOUT)).as(node.toString()).isIn(ENDED_BY_SIGNAL);
    }

    private static void assertLeftCleanly(Jvm node) throws IOException {
        assertThat(Files.readAllLines(node.log()).stream().dropWhile(line -> !line.contains(" RunningNode - draining")))
                .as(node.toString())
                .allSatisfy(line -> assertThat(line).matches("\\S+Z INFO .*").doesNotContain("Exception"))
                .last()
                .asString()
                .endsWith(" RunningNode - left the cluster");
    }
}
