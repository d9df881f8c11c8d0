package io.ratemesh.balancer;

import static io.ratemesh.balancer.listener.ListenFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.node.NodeState;
import io.ratemesh.node.lifecycle.Node;
import io.ratemesh.node.lifecycle.RunningNode;
import io.ratemesh.node.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BalancerWarmUpTest {

    private static final Pattern COUNTS = Pattern.compile(
            "(?m)^ratemesh_(?:listener_(?:requests|connections|responses)|pool_requests|upstream_(?:requests|responses))_total\\{.*} (\\S+)$");

    @Test
    void it_is_ready_after_the_warm_up_which_no_counter_and_no_log_shows(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("access.log");
        RunningNode running = start(folder, "node.warm-up=200ms", "balancer.access-log.to=" + log);
        try {
            Node node = running.node();
            assertThat(node.announcer().current().state()).isEqualTo(NodeState.READY);
            assertThat(node.meters().get("ratemesh.warm.up").gauge().value()).isPositive();
            assertThat(COUNTS.matcher(node.meters().scrape()).results().map(match -> match.group(1)))
                    .hasSizeGreaterThan(10)
                    .containsOnly("0.0");
        } finally {
            await(running.stop());
        }
        assertThat(Files.readString(log)).isEmpty();
    }

    @Test
    void limits_of_the_settings_do_not_hinder_it(@TempDir Path folder) throws Exception {
        RunningNode running = start(
                folder,
                "node.warm-up=100ms",
                "balancer.limits.requests-per-second=1",
                "balancer.limits.connections=1",
                "balancer.http.proxy-protocol=true");
        try {
            assertThat(running.node().meters().get("ratemesh.warm.up").gauge().value())
                    .isPositive();
        } finally {
            await(running.stop());
        }
    }

    private static RunningNode start(Path folder, String... more) {
        List<String> sets = new java.util.ArrayList<>(List.of(
                "cluster.enabled=false",
                "balancer.event-loops=1",
                "balancer.http.bind=127.0.0.1",
                "balancer.http.port=0",
                "balancer.stats.port=0",
                "balancer.stats.password-file=" + folder.resolve("password"),
                "balancer.pools.web.servers=[\"127.0.0.1:1\"]",
                "balancer.routes=[{path: /, pool: web}]"));
        sets.addAll(List.of(more));
        return await(
                RunningNode.start(new BalancerService(), Settings.load(Optional.empty(), sets, Map.of()), () -> {}));
    }
}
