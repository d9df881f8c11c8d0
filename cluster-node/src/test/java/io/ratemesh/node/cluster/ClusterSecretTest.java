package io.ratemesh.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.ratemesh.node.NodeRole;
import io.ratemesh.node.lifecycle.Node;
import io.ratemesh.node.lifecycle.ProbeService;
import io.ratemesh.node.lifecycle.RunningNode;
import io.ratemesh.node.settings.Settings;
import io.ratemesh.node.settings.SettingsException;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A member joins a cluster with a secret only if it has the same. */
class ClusterSecretTest {

    /** Below the ephemeral ports, since joining connects to every port of the range. */
    private static final int PORT_RANGES = 220;

    private static final AtomicInteger NEXT_RANGE =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(PORT_RANGES));

    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final String SECRET = "0123456789abcdef-ours";

    private final Path folder;
    private final int port = 10_000 + NEXT_RANGE.getAndIncrement() % PORT_RANGES * 100;
    private final List<String> cluster = List.of("cluster.name=secret-" + UUID.randomUUID(), "cluster.port=" + port);
    private final List<RunningNode> nodes = new ArrayList<>();

    ClusterSecretTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @AfterEach
    void leave() {
        nodes.forEach(node -> awaited(node.stop()));
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void members_with_the_secret_are_one_cluster_and_leave_it() throws Exception {
        Node first = node(NodeRole.BALANCER, SECRET);
        Node second = node(NodeRole.CONVERTER, SECRET);

        await().atMost(TIMEOUT)
                .until(() -> first.directory().present().stream()
                        .anyMatch(node -> node.id().equals(second.id())));
        assertThat(first.membership().size()).isEqualTo(2);
        assertThat(first.meters().scrape()).contains("ratemesh_cluster_members_rejected_total 0.0");

        awaited(nodes.remove(1).stop());

        await().atMost(TIMEOUT).until(() -> first.membership().size() == 1);
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(strings = {"0123456789abcdef-theirs", ""})
    void members_with_another_secret_or_none_are_a_cluster_of_their_own(String secret) throws Exception {
        Node first = node(NodeRole.BALANCER, SECRET);
        Node stranger = node(NodeRole.CONVERTER, secret);
        Node second = node(NodeRole.CONVERTER, SECRET);

        await().atMost(TIMEOUT).until(() -> first.membership().size() == 2);
        assertThat(stranger.membership().size()).isEqualTo(1);
        assertThat(second.membership().size()).isEqualTo(2);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void a_plain_Hazelcast_member_of_the_same_name_does_not_join_and_is_counted() throws Exception {
        Node first = node(NodeRole.BALANCER, SECRET);
        Settings settings = Settings.load(Optional.empty(), cluster, Map.of());
        Config config = HazelcastSetup.configure(settings.cluster(), "127.0.0.1", NodeRole.CONVERTER);

        HazelcastInstance plain = Hazelcast.newHazelcastInstance(config);
        try {
            assertThat(plain.getCluster().getMembers()).hasSize(1);
            assertThat(first.membership().size()).isEqualTo(1);
            await().untilAsserted(() -> assertThat(first.meters().scrape())
                    .containsPattern("ratemesh_cluster_members_rejected_total [1-9]"));
        } finally {
            plain.shutdown();
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void a_connection_that_proves_nothing_in_time_is_closed() throws Exception {
        node(NodeRole.BALANCER, SECRET);

        try (Socket silent = new Socket("127.0.0.1", port)) {
            silent.setSoTimeout((int) TIMEOUT.toMillis());
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void a_secret_that_is_too_short_or_missing_is_named_and_not_shown() throws Exception {
        Path file = Files.writeString(folder.resolve("short"), "hunter2\n");

        assertThatThrownBy(() -> start(NodeRole.CONVERTER, file))
                .isInstanceOf(SettingsException.class)
                .hasMessage("cluster.secret-file: \"" + file
                        + "\" has 7 characters; use at least 16, such as those of openssl rand -base64 32");
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> start(NodeRole.CONVERTER, missing))
                .hasMessage(
                        "cluster.secret-file: \"" + missing
                                + "\" cannot be read (NoSuchFileException); use a readable file with the secret of the cluster");
        assertThatThrownBy(() -> ClusterSecret.read(
                        Settings.load(Optional.empty(), List.of(), Map.of("RATEMESH_CLUSTER_SECRET", "hunter2"))
                                .cluster()))
                .hasMessageContaining("cluster.secret: ")
                .hasMessageNotContaining("hunter2");
    }

    private Node node(NodeRole role, String secret) throws IOException {
        RunningNode node = awaited(
                secret.isEmpty()
                        ? start(role, List.of())
                        : start(role, Files.writeString(folder.resolve(secret), secret + "\n")));
        nodes.add(node);
        return node.node();
    }

    private Future<RunningNode> start(NodeRole role, Path secretFile) {
        return start(role, List.of("cluster.secret-file=" + secretFile));
    }

    private Future<RunningNode> start(NodeRole role, List<String> more) {
        List<String> sets = new ArrayList<>(cluster);
        sets.addAll(more);
        return RunningNode.start(new ProbeService(role), Settings.load(Optional.empty(), sets, Map.of()), () -> {});
    }

    private static <T> T awaited(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
