package io.ratemesh.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ratemesh.node.book.FeedStatusReport;
import io.ratemesh.node.book.SharedBook;
import io.ratemesh.node.lifecycle.RunningNode;
import io.ratemesh.node.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reload of the settings of a leading rates node. */
class FeedsReloadTest {

    private static final String DAILY = "/eurofxref-daily.xml";
    private static final String UNREACHABLE = "url: \"http://127.0.0.1:1/\", poll: 1h}";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Path home;
    private final String cluster = "test-" + UUID.randomUUID();
    private volatile List<String> feeds = List.of();
    private volatile Settings settings;
    private EcbMirror ecb;
    private RunningNode node;

    FeedsReloadTest(@TempDir Path home) {
        this.home = home;
    }

    @BeforeEach
    void start() throws Exception {
        ecb = EcbMirror.startWithTheDailyFileAlone();
        settings = settings(ecb.feeds(), "{name: coinbase, " + UNREACHABLE);
        node = get(RunningNode.start(new RatesService(), settings, () -> settings, () -> {}));
        node.node()
                .vertx()
                .eventBus()
                .<JsonObject>consumer(
                        FeedStatusReport.ADDRESS,
                        message -> feeds = message.body().getJsonArray("feeds").stream()
                                .map(JsonObject.class::cast)
                                .filter(feed -> feed.getString("lastTry") != null)
                                .map(feed -> feed.getString("name"))
                                .toList());
        await().atMost(TIMEOUT).until(() -> feeds.containsAll(List.of("ecb", "coinbase")) && ecbIsIn());
    }

    @AfterEach
    void stop() throws Exception {
        get(node.stop());
        ecb.close();
    }

    @Test
    void changed_feeds_and_limits_are_applied_and_unchanged_feeds_keep_their_schedule() throws Exception {
        settings = settings(ecb.feeds(), "{name: open-er-api, " + UNREACHABLE, "rates.limits.max-jump=10%");
        get(node.node().reload().now());

        await().atMost(TIMEOUT).until(() -> feeds.contains("open-er-api"));
        assertThat(feeds).contains("ecb").doesNotContain("coinbase");
        assertThat(ecb.requests(DAILY))
                .as("the ECB, whose settings are unchanged")
                .isEqualTo(1);
        assertThat(ecbIsIn()).isTrue();

        settings = settings(ecb.feeds().replace("}]", ", poll: 20m}]"), "{name: open-er-api, " + UNREACHABLE);
        get(node.node().reload().now());
        await("a feed with changed settings is polled at once").atMost(TIMEOUT).until(() -> ecb.requests(DAILY) == 2);
    }

    @Test
    void invalid_settings_are_rejected_by_name_and_nothing_changes() throws Exception {
        List<String> before = feeds;
        settings = settings(ecb.feeds(), "{name: econ, " + UNREACHABLE);
        assertThatThrownBy(() -> get(node.node().reload().now())).hasMessageContaining("rates.feeds: \"econ\"");

        settings = settings("rates.feeds=[{name: simulated, poll: 1s}]", "rates.data-dir=" + home.resolve("other"));
        assertThatThrownBy(() -> get(node.node().reload().now()))
                .hasMessageContaining("rates.data-dir: has changed")
                .hasMessageContaining("simulated");

        assertThat(feeds).isEqualTo(before);
        assertThat(ecb.requests(DAILY)).isEqualTo(1);
    }

    private boolean ecbIsIn() throws Exception {
        return get(SharedBook.open(node.node().vertx()).compose(SharedBook::read)).stream()
                .flatMap(book -> book.rates().values().stream())
                .anyMatch(rate -> rate.source().equals("ecb")
                        && rate.asOf().isAfter(java.time.Instant.parse("2026-07-07T00:00:00Z")));
    }

    /** With one more feed after those of {@code feeds}, or one more setting. */
    private Settings settings(String feeds, String... more) {
        List<String> sets = new ArrayList<>(List.of(
                "node.name=reloading", "cluster.name=" + cluster, "cluster.port=6961", "rates.data-dir=" + home));
        String all = feeds;
        for (String each : more) {
            if (each.startsWith("{")) {
                all = all.substring(0, all.length() - 1) + ", " + each + "]";
            } else {
                sets.add(each);
            }
        }
        sets.add(all);
        return Settings.load(Optional.of(Path.of("/dev/null")), sets, Map.of());
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
