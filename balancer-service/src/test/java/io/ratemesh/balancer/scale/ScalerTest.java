package io.ratemesh.balancer.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.scale.ScaleOrder.Mode;
import io.ratemesh.node.NodeRole;
import io.ratemesh.node.NodeState;
import io.ratemesh.node.announce.Announcement;
import io.ratemesh.node.lifecycle.Node;
import io.ratemesh.node.lifecycle.NodeService;
import io.ratemesh.node.lifecycle.RunningNode;
import io.ratemesh.node.ops.OpsEvents;
import io.ratemesh.node.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Scalers on nodes of one cluster in this JVM; the launcher starts converters that only announce themselves. */
@Timeout(180)
class ScalerTest {

    /** Below the ephemeral ports, since joining connects to every port of the range. */
    private static final int PORT_RANGES = 220;

    private static final AtomicInteger NEXT_RANGE =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(PORT_RANGES));

    private final int range = NEXT_RANGE.getAndIncrement() % PORT_RANGES;

    private final Map<String, RunningNode> nodes = new ConcurrentHashMap<>();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger converters = new AtomicInteger();
    private final FakeLauncher launcher = new FakeLauncher();

    @AfterEach
    void stop() {
        List.copyOf(nodes.values()).forEach(node -> awaited(node.stop()));
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void an_order_is_carried_out_shown_everywhere_and_survives_the_acting_balancer() {
        Scaler first = balancer("balancer-1", "min=1");
        Scaler second = balancer("balancer-2", "min=1");
        await("balancer-1").until(() -> "balancer-1".equals(second.status().getString("acting")));

        awaited(second.converters(2, "admin at 127.0.0.1"));

        await("2 ready").untilAsserted(() -> assertThat(ready()).containsExactly("converter-1", "converter-2"));
        await("status")
                .untilAsserted(() -> assertThat(second.status().getMap())
                        .containsEntry("mode", "manual")
                        .containsEntry("current", 2)
                        .containsEntry("desired", 2)
                        .containsEntry("pending", 0)
                        .containsEntry("reason", "2 ordered by admin at 127.0.0.1, 2 running or starting"));
        assertThat(first.status().getString("lastDecision")).startsWith("0 to 2: 2 ordered by admin");
        assertThat(events).anyMatch(event -> event.startsWith("converters-scaled-out balancer-1: 0 to 2: "));

        stop("balancer-1");
        await("balancer-2").until(() -> "balancer-2".equals(second.status().getString("acting")));
        assertThat(second.status().getString("mode")).isEqualTo("manual");
        stop("converter-1");

        await("replaced").untilAsserted(() -> assertThat(ready()).containsExactly("converter-2", "converter-3"));

        awaited(second.converters(1, "admin at 127.0.0.1"));
        await("drained").untilAsserted(() -> assertThat(ready()).containsExactly("converter-2"));
        assertThat(launcher.retired).containsExactly("converter-3");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void load_starts_converters_and_less_load_drains_them() {
        Scaler scaler = balancer("balancer-1", "min=1", "down-cooldown=4s", "up-cooldown=1s");
        await("the minimum").until(() -> ready().size() == 1);

        load(150);
        await("3 ready").until(() -> ready().size() == 3);
        assertThat(scaler.status().getString("lastDecision")).contains("150 requests in flight");

        load(20);
        await("1 ready").until(() -> ready().size() == 1);
        assertThat(ready()).containsExactly("converter-1");
        assertThat(events).anyMatch(event -> event.startsWith("converters-scaled-in balancer-1: "));
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void launches_that_fail_are_shown_and_repeated_later() {
        launcher.failure = "no memory";
        Scaler scaler = balancer("balancer-1", "min=1");

        await("failure")
                .untilAsserted(() -> assertThat(scaler.status().getString("reason"))
                        .contains("the last launch failed: no memory; next attempt in "));
        assertThat(events).contains("converter-launch-failed balancer-1: no memory");

        launcher.failure = "";
        await("1 ready").until(() -> ready().size() == 1);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void a_dry_run_decides_and_starts_nothing() {
        Scaler scaler = balancer("balancer-1", "min=2", "dry-run=true");

        await("decision")
                .untilAsserted(() -> assertThat(scaler.status().getMap())
                        .containsEntry("mode", "dry-run")
                        .containsEntry("current", 0)
                        .containsEntry("desired", 2));
        load(300);
        await("next decision").until(() -> scaler.status().getInteger("desired") == 5);
        assertThat(launcher.requests).isEmpty();
        assertThat(scaler.unavailable())
                .hasValueSatisfying(why -> assertThat(why).contains("dry-run"));
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void without_a_launcher_the_desired_number_is_computed_for_others_to_follow() {
        launcher.unavailable = Optional.of("nothing to start with");
        Scaler scaler = balancer("balancer-1", "min=2");

        await("advice").untilAsserted(() -> {
            assertThat(scaler.status().getInteger("desired")).isEqualTo(2);
            assertThat(scaler.status().getString("reason")).endsWith("; advisory only: nothing to start with");
        });
        assertThat(scaler.unavailable())
                .hasValueSatisfying(why -> assertThat(why).contains("nothing to start with"));
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void a_scaler_that_is_switched_off_does_nothing_until_it_is_switched_on() {
        Scaler scaler = balancer("balancer-1", "min=1");
        await("the minimum").until(() -> ready().size() == 1);

        awaited(scaler.auto(false, "admin"));
        load(150);
        await("off").until(() -> "off".equals(scaler.status().getString("mode")));
        assertThat(scaler.status().getString("reason")).isEqualTo("switched off by admin");
        assertThat(scaler.status().getInteger("desired")).isEqualTo(1);

        awaited(scaler.auto(true, "admin"));
        await("3 ready").until(() -> ready().size() == 3);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void an_order_given_before_a_balancer_started_counts_from_its_first_decision() {
        start("converter-1", new AnnouncingService(NodeRole.CONVERTER, none -> {}));
        Vertx other = Objects.requireNonNull(nodes.get("converter-1")).node().vertx();
        awaited(ScaleOrders.open(other).compose(orders -> orders.give(Mode.MANUAL, 1, "admin")));

        Scaler scaler = balancer("balancer-1", "min=1");

        await("balancer-1").until(() -> "balancer-1".equals(scaler.status().getString("acting")));
        assertThat(scaler.status().getString("mode")).isEqualTo("manual");
    }

    private Scaler balancer(String id, String... settings) {
        AtomicReference<@Nullable Scaler> started = new AtomicReference<>();
        start(id, new AnnouncingService(NodeRole.BALANCER, started::set), settings);
        return Objects.requireNonNull(started.get());
    }

    private void stop(String id) {
        awaited(Objects.requireNonNull(nodes.remove(id)).stop());
    }

    private void load(int requests) {
        Objects.requireNonNull(nodes.get("balancer-1")).node().announcer().measureConverterRequests(() -> requests);
    }

    private List<String> ready() {
        return nodes.values().stream()
                .filter(node -> node.node().role() == NodeRole.BALANCER)
                .findFirst()
                .orElseThrow()
                .node()
                .directory()
                .present()
                .stream()
                .filter(node -> node.role() == NodeRole.CONVERTER && node.state() == NodeState.READY)
                .map(Announcement::id)
                .sorted()
                .toList();
    }

    private void start(String id, NodeService service, String... settings) {
        List<String> sets = new ArrayList<>(List.of(
                "node.name=" + id,
                "cluster.name=scaler-test-" + range,
                "cluster.port=" + (10_000 + range * 100),
                "balancer.event-loops=1",
                "balancer.scaler.enabled=true",
                // Every node of this JVM announces the CPU of all of them.
                "balancer.scaler.target-cpu=100%"));
        for (String setting : settings) {
            sets.add("balancer.scaler." + setting);
        }
        Settings read = Settings.load(Optional.empty(), sets, Map.of());
        RunningNode started = awaited(RunningNode.start(
                service, read, () -> Objects.requireNonNull(nodes.remove(id)).stop()));
        nodes.put(id, started);
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(Duration.ofSeconds(60));
    }

    private static <T> T awaited(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    private final class FakeLauncher implements NodeLauncher {

        private final List<Integer> requests = new CopyOnWriteArrayList<>();
        private final List<String> retired = new CopyOnWriteArrayList<>();
        private volatile String failure = "";
        private volatile Optional<String> unavailable = Optional.empty();

        @Override
        public Optional<String> unavailable() {
            return unavailable;
        }

        @Override
        public Future<List<String>> launch(int count) {
            requests.add(count);
            if (!failure.isEmpty()) {
                return Future.failedFuture(failure);
            }
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                ids.add("converter-" + converters.incrementAndGet());
            }
            new Thread(() -> ids.forEach(id -> start(id, new AnnouncingService(NodeRole.CONVERTER, none -> {}))))
                    .start();
            return Future.succeededFuture(ids);
        }

        @Override
        public Future<Void> retire(String id) {
            retired.add(id);
            return Future.succeededFuture();
        }
    }

    /** A service that is ready at once; a balancer has a scaler. */
    private final class AnnouncingService implements NodeService {

        private final NodeRole role;
        private final Consumer<Scaler> started;

        AnnouncingService(NodeRole role, Consumer<Scaler> started) {
            this.role = role;
            this.started = started;
        }

        @Override
        public NodeRole role() {
            return role;
        }

        @Override
        public Future<Void> start(Node node) {
            Future<Void> ready = node.announcer().setState(NodeState.READY);
            if (role != NodeRole.BALANCER) {
                return ready;
            }
            node.vertx()
                    .eventBus()
                    .<JsonObject>consumer(
                            OpsEvents.ADDRESS,
                            message -> events.add(message.body().getString("type") + " "
                                    + message.body().getString("subject") + ": "
                                    + message.body().getString("detail")));
            return ready.compose(ignored -> Scaler.start(node, launcher))
                    .onSuccess(started::accept)
                    .mapEmpty();
        }

        @Override
        public Future<Void> drain(Node node, Duration timeout) {
            return Future.succeededFuture();
        }
    }
}
