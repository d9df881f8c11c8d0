package io.ratemesh.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import io.ratemesh.node.NodeState;
import io.ratemesh.node.book.FeedStatusReport;
import io.ratemesh.node.book.SharedBook;
import io.ratemesh.node.lifecycle.Node;
import io.ratemesh.node.lifecycle.RunningNode;
import io.ratemesh.node.settings.Settings;
import io.ratemesh.rates.book.BookFile;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real nodes of a real cluster, in one JVM. */
class RatesServiceTest {

    private static final String SIMULATED = "rates.feeds=[{name: simulated, poll: 1s}]";
    private static final String OUT_OF_REACH = "rates.feeds=[{name: ecb, url: \"http://127.0.0.1:1/daily.xml\"}]";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final String cluster = "test-" + UUID.randomUUID();

    /** A book of another day, with a currency that the ECB does not have. */
    private final RateBook learnt = new RateBook(
            Instant.now().plus(Duration.ofHours(1)).toEpochMilli(),
            Map.of("CLP", new Rate(new BigDecimal("1050.5"), "open-er-api", Instant.EPOCH, Instant.EPOCH)));

    private final List<RunningNode> running = new ArrayList<>();
    private final Path home;

    RatesServiceTest(@TempDir Path home) {
        this.home = home;
    }

    @AfterEach
    void stopAll() throws Exception {
        for (RunningNode node : running) {
            get(node.stop());
        }
    }

    @Test
    void a_start_without_network_has_the_bundled_day_on_the_cluster_and_on_disk_labelled_stale() throws Exception {
        Node node = start("a", OUT_OF_REACH);
        await().atMost(TIMEOUT).until(() -> node.announcer().current().state() == NodeState.READY);

        RateBook book = shared(node);
        assertThat(book.rates()).hasSize(29);
        assertThat(book.rates().values())
                .allSatisfy(rate -> assertThat(rate.stale(Instant.now())).isTrue());
        assertThat(node.announcer().current().bookVersion()).isEqualTo(book.version());
        await().atMost(TIMEOUT).until(() -> Files.exists(home.resolve("a").resolve("book")));
        assertThat(page(node, "/health")).contains("\"UP\"").contains("\"version\":" + book.version());
        await().atMost(TIMEOUT)
                .until(() -> page(node, "/metrics")
                        .lines()
                        .anyMatch(line ->
                                line.matches("ratemesh_feed_polls_total\\{feed=\"ecb\",outcome=\"failed\"} [1-9].*")));
    }

    @Test
    void a_restart_continues_from_the_disk_with_a_higher_version() throws Exception {
        BookFile file = new BookFile(home.resolve("a"), Clock.systemUTC());
        file.prepare();
        file.write(learnt);

        Node node = start("a", OUT_OF_REACH);
        await().atMost(TIMEOUT).until(() -> node.announcer().current().state() == NodeState.READY);

        assertThat(shared(node).version()).isGreaterThan(learnt.version());
        assertThat(shared(node).rates()).containsEntry("CLP", learnt.rates().get("CLP"));
    }

    @Test
    void a_simulation_leaves_the_book_on_disk_as_it_was() throws Exception {
        BookFile file = new BookFile(home.resolve("a"), Clock.systemUTC());
        file.prepare();
        file.write(learnt);

        Node node = start("a", SIMULATED);
        await().atMost(TIMEOUT)
                .until(() -> shared(node).rates().values().stream().anyMatch(rate -> rate.simulated()));
        await().atMost(TIMEOUT).until(() -> Files.exists(home.resolve("a").resolve("simulated/book")));

        assertThat(file.read()).contains(learnt);
    }

    @Test
    void of_two_nodes_on_one_folder_one_writes() throws Exception {
        Node first = start("a", SIMULATED);
        Node second = start("a", SIMULATED, "node.name=b");
        await().atMost(TIMEOUT).until(() -> second.announcer().current().state() == NodeState.READY);
        assertThat(page(first, "/metrics")).contains("ratemesh_rates_data_writer 1.0");
        assertThat(page(second, "/metrics")).contains("ratemesh_rates_data_writer 0.0");

        get(running.remove(0).stop());

        await().atMost(TIMEOUT).until(() -> page(second, "/metrics").contains("ratemesh_rates_data_writer 1.0"));
    }

    @Test
    void the_next_oldest_node_takes_over_when_the_leader_has_stopped() throws Exception {
        Node leader = start("a", SIMULATED);
        await().atMost(TIMEOUT).until(() -> leader.announcer().current().state() == NodeState.READY);
        Node follower = start("b", SIMULATED);
        List<String> leaders = new CopyOnWriteArrayList<>();
        follower.vertx()
                .eventBus()
                .<JsonObject>consumer(
                        FeedStatusReport.ADDRESS,
                        message -> leaders.add(message.body().getString("leader")));
        await().atMost(TIMEOUT).until(() -> follower.announcer().current().state() == NodeState.READY);
        await().atMost(TIMEOUT).until(() -> leaders.contains(leader.id()));
        assertThat(leaders).doesNotContain(follower.id());

        get(running.remove(0).stop());
        long before = follower.announcer().current().bookVersion();

        await().atMost(Duration.ofSeconds(10))
                .until(() -> follower.announcer().current().bookVersion() > before && leaders.contains(follower.id()));
        assertThat(shared(follower).rates()).hasSize(29);
    }

    private Node start(String name, String feeds) throws Exception {
        return start(name, feeds, "node.name=" + name);
    }

    private Node start(String folder, String feeds, String node) throws Exception {
        Settings settings = Settings.load(
                Optional.empty(),
                List.of(
                        node,
                        "cluster.name=" + cluster,
                        "cluster.port=6731",
                        "rates.data-dir=" + home.resolve(folder),
                        feeds),
                Map.of());
        RunningNode started = get(RunningNode.start(new RatesService(), settings, () -> {}));
        running.add(started);
        return started.node();
    }

    private static RateBook shared(Node node) throws Exception {
        return get(SharedBook.open(node.vertx()).compose(SharedBook::read)).orElse(RateBook.EMPTY);
    }

    private static String page(Node node, String path) throws IOException, InterruptedException {
        URI uri = URI.create(
                "http://" + node.address() + ":" + node.announcer().current().port() + path);
        HttpResponse<String> response = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(
                        HttpRequest.newBuilder(uri)
                                .timeout(Duration.ofSeconds(10))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        // The client asks for an upgrade to HTTP/2.
        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        return response.body();
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
