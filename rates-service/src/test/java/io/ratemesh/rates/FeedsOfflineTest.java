package io.ratemesh.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.ratemesh.model.RateBook;
import io.ratemesh.node.NodeState;
import io.ratemesh.node.book.FeedStatusReport;
import io.ratemesh.node.book.SharedBook;
import io.ratemesh.node.lifecycle.Node;
import io.ratemesh.node.lifecycle.RunningNode;
import io.ratemesh.node.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** All feeds without a key, on a machine without a network. */
class FeedsOfflineTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int POLLS = 3;

    @Test
    void it_serves_the_bundled_day_and_reports_each_failed_feed_once(@TempDir Path home) throws Exception {
        List<String> feeds = List.of("coinbase", "ecb", "open-er-api", "currency-api", "frankfurter");
        String outOfReach = feeds.stream()
                .map(name -> "{name: " + name + ", url: \"http://127.0.0.1:1/\", poll: 1s}")
                .collect(Collectors.joining(", ", "rates.feeds=[", "]"));
        LogCapture log = LogCapture.attach();
        RunningNode running = get(RunningNode.start(new RatesService(), settings(home, List.of(outOfReach)), () -> {}));
        try {
            Node node = running.node();
            Map<String, Set<String>> tries = new ConcurrentHashMap<>();
            node.vertx()
                    .eventBus()
                    .<JsonObject>consumer(FeedStatusReport.ADDRESS, message -> note(message.body(), tries));
            await().atMost(TIMEOUT).until(() -> node.announcer().current().state() == NodeState.READY);

            RateBook book =
                    get(SharedBook.open(node.vertx()).compose(SharedBook::read)).orElse(RateBook.EMPTY);
            assertThat(book.rates()).hasSize(29);
            assertThat(book.rates().values())
                    .allSatisfy(rate -> assertThat(rate.stale(Instant.now())).isTrue());
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> assertThat(new TreeMap<>(tries))
                            .hasSize(feeds.size())
                            .allSatisfy((feed, times) -> assertThat(times).hasSizeGreaterThanOrEqualTo(POLLS)));

            for (String feed : feeds) {
                assertThat(log.lines)
                        .filteredOn(line -> line.contains("feed-failed " + feed + ":"))
                        .hasSize(1);
            }
            assertThat(log.warnings).isEmpty();
        } finally {
            log.detach();
            get(running.stop());
        }
    }

    private static void note(JsonObject report, Map<String, Set<String>> tries) {
        report.getJsonArray("feeds").stream().map(JsonObject.class::cast).forEach(feed -> {
            if (feed.getString("lastTry") != null && feed.getString("lastError") != null) {
                tries.computeIfAbsent(feed.getString("name"), ignored -> ConcurrentHashMap.newKeySet())
                        .add(feed.getString("lastTry"));
            }
        });
    }

    private static Settings settings(Path home, List<String> more) {
        List<String> sets = new CopyOnWriteArrayList<>(List.of(
                "node.name=offline",
                "cluster.name=test-" + UUID.randomUUID(),
                "cluster.port=6781",
                "rates.data-dir=" + home));
        sets.addAll(more);
        return Settings.load(Optional.empty(), sets, Map.of());
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    /** The log of the project's own classes. */
    private static final class LogCapture extends AppenderBase<ILoggingEvent> {

        private final Logger logger = (Logger) LoggerFactory.getLogger("io.ratemesh");
        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final List<String> warnings = new CopyOnWriteArrayList<>();

        static LogCapture attach() {
            LogCapture capture = new LogCapture();
            capture.setContext(capture.logger.getLoggerContext());
            capture.start();
            capture.logger.addAppender(capture);
            return capture;
        }

        void detach() {
            logger.detachAppender(this);
        }

        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage());
            if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
                warnings.add(event.getFormattedMessage());
            }
        }
    }
}
