package io.ratemesh.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.model.history.BundledHistory;
import io.ratemesh.model.history.HistoryCodec;
import io.ratemesh.model.history.HistoryDay;
import io.ratemesh.model.history.HourCodec;
import io.ratemesh.model.history.HourOfMinutes;
import io.ratemesh.model.history.MinutePoints;
import io.ratemesh.model.history.RateHistory;
import io.ratemesh.node.history.SharedHistory;
import io.ratemesh.node.lifecycle.Node;
import io.ratemesh.node.lifecycle.RunningNode;
import io.ratemesh.node.settings.Settings;
import io.vertx.core.Future;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The history of real nodes of a real cluster, after restarts and without a network. */
class HistoryServiceTest {

    private static final String OUT_OF_REACH =
            "rates.feeds=[{name: ecb, url: \"http://127.0.0.1:1/eurofxref-daily.xml\"}]";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final LocalDate IMPORTED_DAY =
            BundledHistory.load().lastDay().orElseThrow().plusDays(1);
    private static final RateHistory IMPORTED =
            RateHistory.of(List.of(new HistoryDay(IMPORTED_DAY, Map.of("USD", new BigDecimal("1.17")))));

    private final String cluster = "test-" + UUID.randomUUID();
    private final List<RunningNode> running = new ArrayList<>();
    private final Path home;

    HistoryServiceTest(@TempDir Path home) {
        this.home = home;
    }

    @AfterEach
    void stopAll() throws Exception {
        for (RunningNode node : running) {
            get(node.stop());
        }
    }

    @Test
    void days_that_were_fetched_come_back_after_a_full_restart_without_network() throws Exception {
        try (EcbMirror mirror = EcbMirror.start()) {
            Node first = start("a", mirror.feeds());
            await().atMost(TIMEOUT).until(() -> newestShared(first).equals(Optional.of(EcbMirror.newestDay())));
            assertThat(mirror.historyRequests()).containsExactly("/eurofxref-hist.zip");
            await().atMost(TIMEOUT).until(() -> newestOnDisk("a").equals(Optional.of(EcbMirror.newestDay())));
            get(running.remove(0).stop());
        }

        Node second = start("a", OUT_OF_REACH);

        await().atMost(TIMEOUT).until(() -> newestShared(second).equals(Optional.of(EcbMirror.newestDay())));
        assertThat(page(second, "/metrics"))
                .contains("ratemesh_history_newest_day_timestamp_seconds "
                        + (double) EcbMirror.newestDay().atStartOfDay().toEpochSecond(ZoneOffset.UTC));
    }

    @Test
    void the_day_of_the_daily_file_is_one_of_the_history_before_any_file_of_past_days_is_there() throws Exception {
        try (EcbMirror mirror = EcbMirror.startWithTheDailyFileAlone()) {
            Node node = start("a", mirror.feeds());

            await().atMost(TIMEOUT).until(() -> newestShared(node).equals(Optional.of(EcbMirror.newestDay())));
        }
    }

    @Test
    void the_bundled_day_stays_in_the_history_after_newer_books() throws Exception {
        LocalDate bundled = LocalDate.of(2026, 7, 6);
        Node first = start("a", OUT_OF_REACH);
        await().atMost(TIMEOUT).until(() -> newestShared(first).equals(Optional.of(bundled)));
        assertThat(shared(first).perEuro("USD", bundled)).contains(new BigDecimal("1.1415"));
        await().atMost(TIMEOUT).until(() -> Files.exists(home.resolve("a").resolve("days")));
        get(running.remove(0).stop());

        Node demonstration = start("a", "rates.feeds=[{name: simulated, poll: 1s}]");

        await().atMost(TIMEOUT).until(() -> newestShared(demonstration).equals(Optional.of(bundled)));
        await().atMost(TIMEOUT).until(() -> page(demonstration, "/metrics").contains("outcome=\"accepted\"} 2"));
        assertThat(newestShared(demonstration)).contains(bundled);
    }

    @Test
    void a_node_with_all_days_fetches_nothing() throws Exception {
        try (EcbMirror mirror = EcbMirror.start()) {
            Node first = start("a", mirror.feeds());
            await().atMost(TIMEOUT).until(() -> newestShared(first).equals(Optional.of(EcbMirror.newestDay())));
            await().atMost(TIMEOUT).until(() -> newestOnDisk("a").equals(Optional.of(EcbMirror.newestDay())));
            get(running.remove(0).stop());

            Node second = start("a", mirror.feeds());
            await().atMost(TIMEOUT)
                    .until(() -> page(second, "/metrics")
                            .lines()
                            .anyMatch(line -> line.matches("ratemesh_feed_polls_total\\{feed=\"ecb-history\","
                                    + "outcome=\"unchanged\"} [1-9].*")));

            assertThat(mirror.historyRequests()).hasSize(1);
        }
    }

    @Test
    void a_follower_stores_the_days_of_the_leader_on_its_own_disk() throws Exception {
        try (EcbMirror mirror = EcbMirror.start()) {
            Node leader = start("a", mirror.feeds());
            start("b", mirror.feeds());
            await().atMost(TIMEOUT).until(() -> newestShared(leader).equals(Optional.of(EcbMirror.newestDay())));

            await().atMost(TIMEOUT).until(() -> newestOnDisk("b").equals(Optional.of(EcbMirror.newestDay())));

            assertThat(mirror.historyRequests()).hasSize(1);
        }
    }

    @Test
    void a_truncated_file_of_days_is_renamed_and_the_minutes_remain() throws Exception {
        HourOfMinutes hour = hour(1, false);
        byte[] whole = HistoryCodec.encode(IMPORTED);
        put("days", Arrays.copyOf(whole, whole.length - 3));
        put("minutes/" + name(hour), HourCodec.encode(hour));

        Node node = start("a", OUT_OF_REACH);

        await().atMost(TIMEOUT).until(() -> minutes(node).hour(hour.epochHour()).equals(Optional.of(hour)));
        assertThat(names("a")).anyMatch(name -> name.startsWith("days.corrupt-"));
        assertThat(shared(node).day(IMPORTED_DAY)).isEmpty();
    }

    @Test
    void a_truncated_hour_is_renamed_and_the_others_remain() throws Exception {
        HourOfMinutes good = hour(2, false);
        HourOfMinutes truncated = hour(1, false);
        put("days", HistoryCodec.encode(IMPORTED));
        put("minutes/" + name(good), HourCodec.encode(good));
        put("minutes/" + name(truncated), Arrays.copyOf(HourCodec.encode(truncated), 9));

        Node node = start("a", OUT_OF_REACH);

        await().atMost(TIMEOUT).until(() -> minutes(node).hour(good.epochHour()).equals(Optional.of(good)));
        await().atMost(TIMEOUT).until(() -> shared(node).day(IMPORTED_DAY).isPresent());
        assertThat(minutes(node).hour(truncated.epochHour())).isEmpty();
        assertThat(names("a/minutes")).anyMatch(name -> name.startsWith(name(truncated) + ".corrupt-"));
    }

    @Test
    void a_write_killed_before_its_rename_keeps_the_old_days() throws Exception {
        put("days", HistoryCodec.encode(IMPORTED));
        put("days.4711.tmp", new byte[] {'R', 'M'});

        Node node = start("a", OUT_OF_REACH);

        await().atMost(TIMEOUT).until(() -> shared(node).day(IMPORTED_DAY).isPresent());
    }

    @Test
    void simulated_minutes_are_dropped_without_the_simulation() throws Exception {
        HourOfMinutes simulated = hour(1, true);
        HourOfMinutes real = hour(2, false);
        put("minutes/" + name(simulated), HourCodec.encode(simulated));
        put("minutes/" + name(real), HourCodec.encode(real));

        Node node = start("a", OUT_OF_REACH);

        await().atMost(TIMEOUT).until(() -> minutes(node).hour(real.epochHour()).isPresent());
        assertThat(minutes(node).hour(simulated.epochHour())).isEmpty();
        assertThat(page(node, "/metrics")).contains("ratemesh_history_minutes " + (double) real.points());
    }

    private static HourOfMinutes hour(long hoursAgo, boolean simulated) {
        return HourOfMinutes.empty(HourOfMinutes.epochHour(Instant.now()) - hoursAgo)
                .with(7, Map.of("USD", new BigDecimal("1.1415")), simulated);
    }

    private static String name(HourOfMinutes hour) {
        return DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH")
                .withZone(ZoneOffset.UTC)
                .format(Instant.EPOCH.plus(Duration.ofHours(hour.epochHour())));
    }

    private void put(String name, byte[] bytes) throws IOException {
        Path file = home.resolve("a").resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private Optional<LocalDate> newestOnDisk(String name) throws IOException {
        Path file = home.resolve(name).resolve("days");
        return Files.exists(file)
                ? HistoryCodec.decode(Files.readAllBytes(file)).lastDay()
                : Optional.empty();
    }

    private List<String> names(String folder) throws IOException {
        try (Stream<Path> files = Files.list(home.resolve(folder))) {
            return files.map(path -> path.getFileName().toString()).toList();
        }
    }

    private Node start(String name, String feeds) throws Exception {
        Settings settings = Settings.load(
                Optional.empty(),
                List.of(
                        "node.name=" + name,
                        "cluster.name=" + cluster,
                        "cluster.port=6741",
                        "rates.data-dir=" + home.resolve(name),
                        feeds),
                Map.of());
        RunningNode node = get(RunningNode.start(new RatesService(), settings, () -> {}));
        running.add(node);
        return node.node();
    }

    private static Optional<LocalDate> newestShared(Node node) throws Exception {
        return shared(node).lastDay();
    }

    private static RateHistory shared(Node node) throws Exception {
        return get(SharedHistory.open(node.vertx()).compose(SharedHistory::readDays));
    }

    private static MinutePoints minutes(Node node) throws Exception {
        return get(SharedHistory.open(node.vertx()).compose(shared -> shared.readMinutes(Instant.now())));
    }

    private static String page(Node node, String path) throws IOException, InterruptedException {
        URI uri = URI.create(
                "http://" + node.address() + ":" + node.announcer().current().port() + path);
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
