package io.ratemesh.node.lifecycle;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import io.ratemesh.node.NodeRole;
import io.ratemesh.node.NodeState;
import io.ratemesh.node.announce.Announcement;
import io.ratemesh.node.announce.Announcer;
import io.ratemesh.node.announce.DrainNotice;
import io.ratemesh.node.announce.NodeDirectory;
import io.ratemesh.node.book.SharedBook;
import io.ratemesh.node.http.NodeRoutes;
import io.ratemesh.node.lifecycle.NodeCommands.Command;
import io.ratemesh.node.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.healthchecks.Status;
import io.vertx.ext.web.Router;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two or three nodes of one cluster in this JVM. */
class ClusterTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    /** Ports below the ephemeral ones, since joining connects to every port of the range. */
    private final int random = ThreadLocalRandom.current().nextInt(220);

    /** Another run on this machine may have the same ports, and must not be the same cluster. */
    private final String cluster = "cluster-test-" + UUID.randomUUID();

    private final List<RunningNode> running = new ArrayList<>();

    @AfterEach
    void stop() {
        running.forEach(node -> awaited(node.stop()));
    }

    @Test
    void a_published_book_reaches_the_other_nodes() {
        SharedBook here = awaited(SharedBook.open(start(NodeRole.RATES).vertx()));
        SharedBook there = awaited(SharedBook.open(start(NodeRole.CONVERTER).vertx()));
        List<RateBook> received = new CopyOnWriteArrayList<>();
        awaited(there.subscribe(received::add));
        assertThat(awaited(there.read())).isEmpty();

        assertThat(awaited(here.publish(book(5, "1.1415")))).isTrue();

        assertThat(awaited(there.read())).contains(book(5, "1.1415"));
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(received).containsExactly(book(5, "1.1415")));
    }

    @Test
    void a_book_that_is_not_newer_is_neither_stored_nor_published() {
        SharedBook shared = awaited(SharedBook.open(start(NodeRole.RATES).vertx()));
        List<RateBook> received = new CopyOnWriteArrayList<>();
        awaited(shared.subscribe(received::add));
        awaited(shared.publish(book(5, "1.1")));

        assertThat(awaited(shared.publish(book(5, "1.2")))).isFalse();
        assertThat(awaited(shared.publish(book(4, "1.3")))).isFalse();
        assertThat(awaited(shared.publish(book(6, "1.4")))).isTrue();

        await().atMost(TIMEOUT).until(() -> received.size() == 2);
        assertThat(received).containsExactly(book(5, "1.1"), book(6, "1.4"));
    }

    @Test
    void of_leaders_that_publish_at_once_the_highest_version_stays() {
        SharedBook here = awaited(SharedBook.open(start(NodeRole.RATES).vertx()));
        SharedBook there = awaited(SharedBook.open(start(NodeRole.RATES).vertx()));
        List<Future<Boolean>> all = new ArrayList<>();
        for (int version = 1; version <= 50; version++) {
            all.add((version % 2 == 0 ? here : there).publish(book(version, "1." + version)));
        }
        awaited(Future.join(all));

        assertThat(awaited(here.read())).contains(book(50, "1.50"));
    }

    @Test
    void a_joining_node_is_added_and_a_leaving_one_is_removed() {
        Node first = start(NodeRole.BALANCER);
        Node second = start(NodeRole.CONVERTER);
        List<String> gone = new CopyOnWriteArrayList<>();
        first.directory().addListener(new NodeDirectory.NodeListener() {
            @Override
            public void nodeAnnounced(Announcement node) {
                // Read from the directory below.
            }

            @Override
            public void nodeLost(Announcement node) {
                gone.add(node.id());
            }
        });

        sees(first, second.id(), NodeState.READY);
        sees(second, first.id(), NodeState.READY);
        assertThat(first.membership().size()).isEqualTo(2);
        awaited(running.get(1).stop());

        await().atMost(TIMEOUT).until(() -> gone.contains(second.id()));
        assertThat(state(first, second.id())).isEmpty();
    }

    @Test
    void nodes_on_different_addresses_find_each_other_and_listen_on_their_own_only() throws Exception {
        String members = "cluster.members=[127.0.0.1, 127.0.0.2]";
        Node first = start(NodeRole.RATES, () -> {}, List.of("cluster.bind=127.0.0.1", members));
        Node second = start(NodeRole.CONVERTER, () -> {}, List.of("cluster.bind=127.0.0.2", members));

        sees(first, second.id(), NodeState.READY);
        sees(second, first.id(), NodeState.READY);
        assertThat(first.membership().size()).isEqualTo(2);
        assertThat(second.address()).isEqualTo("127.0.0.2");
        // Each has the first port of the range, which only one of them could have had on all addresses.
        int port = 10_000 + random * 100;
        new Socket("127.0.0.1", port).close();
        new Socket("127.0.0.2", port).close();
        assertThatThrownBy(() -> new Socket("127.0.0.3", port).close()).isInstanceOf(ConnectException.class);
    }

    @Test
    void the_oldest_node_of_a_role_leads_it_until_it_leaves() {
        Node first = start(NodeRole.RATES);
        Node other = start(NodeRole.CONVERTER);
        Node second = start(NodeRole.RATES);

        assertThat(first.membership().leads(NodeRole.RATES)).isTrue();
        assertThat(second.membership().leads(NodeRole.RATES)).isFalse();
        assertThat(other.membership().leads(NodeRole.RATES)).isFalse();
        awaited(running.get(0).stop());

        await().atMost(TIMEOUT).until(() -> second.membership().leads(NodeRole.RATES));
    }

    @Test
    void an_operator_drains_a_node_and_takes_it_back() {
        Node balancer = start(NodeRole.BALANCER);
        Node converter = start(NodeRole.CONVERTER);

        // A subscription may be known to another node a little later than the node itself.
        await().atMost(TIMEOUT)
                .ignoreExceptions()
                .until(() -> awaited(NodeCommands.send(balancer.vertx(), converter.id(), Command.DRAIN)
                        .map(true)));
        sees(balancer, converter.id(), NodeState.DRAINING);
        awaited(NodeCommands.send(balancer.vertx(), converter.id(), Command.DRAIN));
        awaited(NodeCommands.send(balancer.vertx(), converter.id(), Command.UNDRAIN));

        sees(balancer, converter.id(), NodeState.READY);
    }

    @Test
    void taking_back_makes_no_node_ready_that_was_not() {
        Node node = start(NodeRole.CONVERTER);
        awaited(node.announcer().setState(NodeState.STARTING));

        awaited(NodeCommands.send(node.vertx(), node.id(), Command.UNDRAIN));
        awaited(NodeCommands.send(node.vertx(), node.id(), Command.DRAIN));
        await().atMost(TIMEOUT).until(() -> node.announcer().current().state() == NodeState.DRAINING);
        awaited(NodeCommands.send(node.vertx(), node.id(), Command.UNDRAIN));

        await().atMost(TIMEOUT).until(() -> node.announcer().current().state() == NodeState.STARTING);
    }

    @Test
    void an_operator_ends_a_node() {
        AtomicBoolean ended = new AtomicBoolean();
        Node node = start(NodeRole.CONVERTER, () -> ended.set(true));

        awaited(NodeCommands.send(node.vertx(), node.id(), Command.EXIT));

        assertThat(ended).isTrue();
    }

    @Test
    void an_unknown_command_is_rejected_and_one_to_a_missing_node_fails() {
        Node node = start(NodeRole.CONVERTER);

        assertThatThrownBy(() -> awaited(node.vertx()
                        .eventBus()
                        .request("node.command." + node.id(), new JsonObject().put("command", "dance"))))
                .hasMessageContaining("command: \"dance\" is not a known command; use drain, undrain or exit");
        assertThatThrownBy(() -> awaited(NodeCommands.send(node.vertx(), "missing", Command.DRAIN)))
                .hasMessageContaining("No handlers");
    }

    @Test
    void a_draining_node_waits_for_the_acknowledgement_of_every_balancer() {
        Node converter = start(NodeRole.CONVERTER);
        Node balancer = start(NodeRole.BALANCER);
        sees(converter, balancer.id(), NodeState.READY);

        Future<Void> notice =
                DrainNotice.send(converter.vertx(), converter.announcer(), converter.directory(), Duration.ofHours(1));
        sees(balancer, converter.id(), NodeState.DRAINING);
        assertThat(notice.isComplete()).isFalse();
        DrainNotice.acknowledge(balancer.vertx(), converter.id(), balancer.id());

        awaited(notice);
    }

    @Test
    void a_balancer_without_an_acknowledgement_delays_the_drain_but_does_not_stop_it() {
        Node converter = start(NodeRole.CONVERTER);
        Node balancer = start(NodeRole.BALANCER);
        sees(converter, balancer.id(), NodeState.READY);
        long begun = System.nanoTime();

        awaited(DrainNotice.send(
                converter.vertx(), converter.announcer(), converter.directory(), Duration.ofMillis(500)));

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(500));
    }

    @Test
    void a_balancer_that_leaves_is_not_waited_for() {
        Node converter = start(NodeRole.CONVERTER);
        Node balancer = start(NodeRole.BALANCER);
        sees(converter, balancer.id(), NodeState.READY);

        Future<Void> notice =
                DrainNotice.send(converter.vertx(), converter.announcer(), converter.directory(), Duration.ofHours(1));
        awaited(running.get(1).stop());

        awaited(notice);
    }

    @ParameterizedTest
    @EnumSource(names = {"BALANCER", "RATES"})
    void a_node_that_balancers_send_no_requests_to_waits_for_none(NodeRole role) {
        Node leaving = start(role);
        sees(leaving, start(NodeRole.BALANCER).id(), NodeState.READY);

        awaited(DrainNotice.send(leaving.vertx(), leaving.announcer(), leaving.directory(), Duration.ofHours(1)));
    }

    @Test
    void what_is_sent_while_a_node_leaves_is_dropped_without_a_warning() {
        Node staying = start(NodeRole.BALANCER);
        Node leaving = start(NodeRole.CONVERTER);
        sees(leaving, staying.id(), NodeState.READY);
        leaving.vertx()
                .setPeriodic(
                        1,
                        timer -> leaving.vertx()
                                .eventBus()
                                .publish(
                                        Announcer.ANNOUNCE_ADDRESS,
                                        leaving.announcer().current().toJson()));

        try (Warnings warnings = Warnings.begin()) {
            awaited(running.get(1).stop());
            await().atMost(TIMEOUT).until(() -> state(staying, leaving.id()).isEmpty());

            assertThat(warnings.seen()).isEmpty();
        }
    }

    @Test
    void a_stop_twice_is_one_stop() {
        start(NodeRole.CONVERTER);

        assertThat(running.get(0).stop()).isSameAs(running.get(0).stop());
    }

    @Test
    void live_started_and_ready_are_separate_checks() throws Exception {
        Node node = start(NodeRole.CONVERTER);
        AtomicBoolean book = new AtomicBoolean();
        node.health().addReadinessCheck("book", () -> book.get() ? Status.OK() : Status.KO());
        Router router = Router.router(node.vertx());
        NodeRoutes.health(router, node.health());
        NodeRoutes.metrics(router, node.meters());
        int port = awaited(
                        node.vertx().createHttpServer().requestHandler(router).listen(0, "127.0.0.1"))
                .actualPort();
        awaited(node.announcer().setState(NodeState.STARTING));

        assertThat(get(port, "/health/live").statusCode()).isEqualTo(200);
        assertThat(get(port, "/health/startup").statusCode()).isEqualTo(503);
        assertThat(get(port, "/health/ready").statusCode()).isEqualTo(503);
        awaited(node.announcer().setState(NodeState.READY));
        assertThat(get(port, "/health/startup").statusCode()).isEqualTo(200);
        assertThat(get(port, "/health").statusCode()).isEqualTo(503);
        book.set(true);
        assertThat(get(port, "/health").statusCode()).isEqualTo(200);
        assertThat(new JsonObject(get(port, "/health/ready").body()).getJsonArray("checks"))
                .hasSize(3);
        awaited(node.announcer().setState(NodeState.DRAINING));
        HttpResponse<String> draining = get(port, "/health/ready");
        assertThat(draining.statusCode()).isEqualTo(503);
        assertThat(draining.headers().firstValue("cache-control")).contains("no-store");
        assertThat(draining.body()).contains("DRAINING");
        assertThat(get(port, "/health/live").statusCode()).isEqualTo(200);
        assertThat(get(port, "/metrics").body()).contains("jvm_memory_used_bytes", "vertx_");
    }

    private Node start(NodeRole role) {
        return start(role, () -> {});
    }

    private Node start(NodeRole role, Runnable exit) {
        return start(role, exit, List.of());
    }

    private Node start(NodeRole role, Runnable exit, List<String> more) {
        List<String> sets =
                new ArrayList<>(List.of("cluster.name=" + cluster, "cluster.port=" + (10_000 + random * 100)));
        sets.addAll(more);
        Settings settings = Settings.load(Optional.empty(), sets, Map.of());
        RunningNode started = awaited(RunningNode.start(new ProbeService(role), settings, exit));
        running.add(started);
        return started.node();
    }

    private static void sees(Node observer, String id, NodeState state) {
        await().atMost(TIMEOUT).until(() -> state(observer, id).equals(Optional.of(state)));
    }

    private static Optional<NodeState> state(Node observer, String id) {
        return observer.directory().present().stream()
                .filter(node -> node.id().equals(id))
                .map(Announcement::state)
                .findFirst();
    }

    private static RateBook book(long version, String dollars) {
        Instant observed = Instant.parse("2026-07-06T14:00:00Z");
        return new RateBook(
                version, Map.of("USD", new Rate(new BigDecimal(dollars), "ecb", observed, observed.plusSeconds(9))));
    }

    private static HttpResponse<String> get(int port, String path) throws Exception {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        BodyHandlers.ofString());
    }

    private static <T> T awaited(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(TIMEOUT.toSeconds(), SECONDS)
                .join();
    }
}
