package io.ratemesh.node.history;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.model.history.HistoryDay;
import io.ratemesh.model.history.HourOfMinutes;
import io.ratemesh.model.history.MinutePoints;
import io.ratemesh.model.history.RateHistory;
import io.ratemesh.node.NodeRole;
import io.ratemesh.node.cluster.HazelcastSetup;
import io.ratemesh.node.lifecycle.ProbeService;
import io.ratemesh.node.lifecycle.RunningNode;
import io.ratemesh.node.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes of one cluster in this JVM. */
class SharedHistoryTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final Instant NOW = Instant.parse("2026-07-06T14:30:00Z");
    private static final long HOUR = HourOfMinutes.epochHour(NOW);
    private static final LocalDate DAY = LocalDate.of(2026, 7, 6);

    private static final List<RunningNode> RUNNING = new ArrayList<>();

    private static Vertx here;
    private static Vertx there;

    private SharedHistory one;
    private SharedHistory other;

    @BeforeAll
    static void start() {
        // Ports below the ephemeral ones, since joining connects to every port of the range.
        int port = 10_000 + ThreadLocalRandom.current().nextInt(220) * 100;
        List<String> cluster = List.of("cluster.name=history-test-" + UUID.randomUUID(), "cluster.port=" + port);
        here = start(NodeRole.RATES, cluster);
        there = start(NodeRole.CONVERTER, cluster);
    }

    @AfterAll
    static void stop() {
        RUNNING.forEach(node -> awaited(node.stop()));
    }

    @BeforeEach
    void forgetAll() {
        awaited(here.sharedData().getClusterWideMap(HazelcastSetup.HISTORY_MAP).compose(map -> map.clear()));
        one = awaited(SharedHistory.open(here));
        other = awaited(SharedHistory.open(there));
    }

    @Test
    void where_nothing_was_published_there_is_nothing() {
        assertThat(awaited(other.readDays())).isEqualTo(RateHistory.EMPTY);
        assertThat(awaited(other.readMinutes(NOW)).hours()).isEmpty();
        assertThat(awaited(other.readHour(HOUR))).isEmpty();
    }

    @Test
    void published_days_reach_the_other_nodes() {
        List<RateHistory> received = new CopyOnWriteArrayList<>();
        awaited(other.subscribeDays(received::add));

        awaited(one.publishDays(days(DAY, "1.1415")));

        assertThat(awaited(other.readDays())).isEqualTo(days(DAY, "1.1415"));
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(received).containsExactly(days(DAY, "1.1415")));
    }

    @Test
    void days_are_added_to_those_stored_and_a_corrected_one_counts() {
        awaited(one.publishDays(days(DAY, "1.1")));
        awaited(other.publishDays(days(DAY.plusDays(1), "1.2")));
        awaited(one.publishDays(days(DAY, "1.3")));

        assertThat(awaited(other.readDays())).isEqualTo(days(DAY, "1.3").overlaid(days(DAY.plusDays(1), "1.2")));
    }

    @Test
    void a_published_hour_reaches_the_other_nodes_whole() {
        List<HourOfMinutes> received = new CopyOnWriteArrayList<>();
        awaited(other.subscribeMinutes(received::add));

        awaited(one.publishHour(hour(HOUR, 5, "1.1")));
        awaited(one.publishHour(hour(HOUR, 6, "1.2")));

        HourOfMinutes both = hour(HOUR, 5, "1.1").plus(hour(HOUR, 6, "1.2"));
        assertThat(awaited(other.readHour(HOUR))).contains(both);
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(received).containsExactly(hour(HOUR, 5, "1.1"), both));
    }

    @Test
    void of_leaders_that_publish_at_once_neither_loses_a_minute() {
        List<Future<Void>> all = new ArrayList<>();
        for (int minute = 0; minute < 60; minute++) {
            all.add((minute % 2 == 0 ? one : other).publishHour(hour(HOUR, minute, "1." + (minute + 1))));
        }
        awaited(Future.all(all));

        assertThat(awaited(one.readHour(HOUR)).orElseThrow().points()).isEqualTo(60);
    }

    @Test
    void the_minutes_of_two_days_are_read() {
        awaited(one.publishHour(hour(HOUR, 5, "1.1")));
        awaited(one.publishHour(hour(HOUR - 48, 5, "1.2")));
        awaited(one.publishHour(hour(HOUR - 49, 5, "1.3")));
        awaited(one.publishDays(days(DAY, "1.4")));

        MinutePoints read = awaited(other.readMinutes(NOW));

        assertThat(read.hours()).containsExactly(hour(HOUR - 48, 5, "1.2"), hour(HOUR, 5, "1.1"));
    }

    @Test
    void what_is_older_is_forgotten_and_nothing_else() {
        awaited(one.publishHour(hour(HOUR, 5, "1.1")));
        awaited(one.publishHour(hour(HOUR - 1, 5, "1.2")));
        awaited(one.publishDays(days(DAY, "1.4")));

        awaited(other.removeBefore(HOUR));

        assertThat(awaited(one.readHour(HOUR - 1))).isEmpty();
        assertThat(awaited(one.readHour(HOUR))).isPresent();
        assertThat(awaited(one.readDays())).isEqualTo(days(DAY, "1.4"));
    }

    @Test
    void what_cannot_be_read_is_as_good_as_not_there_and_is_replaced() {
        String hour = Long.toString(HOUR);
        awaited(here.sharedData()
                .<String, byte[]>getClusterWideMap(HazelcastSetup.HISTORY_MAP)
                .compose(map -> map.put(hour, new byte[] {1, 2, 3})
                        .compose(ignored -> map.put(HazelcastSetup.DAYS, new byte[0]))));
        assertThat(awaited(one.readHour(HOUR))).isEmpty();
        assertThat(awaited(one.readDays())).isEqualTo(RateHistory.EMPTY);

        awaited(one.publishHour(hour(HOUR, 5, "1.1")));
        awaited(one.publishDays(days(DAY, "1.4")));

        assertThat(awaited(other.readHour(HOUR))).contains(hour(HOUR, 5, "1.1"));
        assertThat(awaited(other.readDays())).isEqualTo(days(DAY, "1.4"));
    }

    @Test
    void a_message_that_cannot_be_read_is_skipped() {
        List<HourOfMinutes> received = new CopyOnWriteArrayList<>();
        awaited(other.subscribeMinutes(received::add));

        here.eventBus().publish(SharedHistory.MINUTES_ADDRESS, new byte[] {1, 2, 3});
        here.eventBus().publish(SharedHistory.MINUTES_ADDRESS, "text");
        awaited(one.publishHour(hour(HOUR, 5, "1.1")));

        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(received).containsExactly(hour(HOUR, 5, "1.1")));
    }

    private static Vertx start(NodeRole role, List<String> sets) {
        RunningNode node = awaited(
                RunningNode.start(new ProbeService(role), Settings.load(Optional.empty(), sets, Map.of()), () -> {}));
        RUNNING.add(node);
        return node.node().vertx();
    }

    private static RateHistory days(LocalDate day, String dollars) {
        return RateHistory.of(List.of(new HistoryDay(day, Map.of("USD", new BigDecimal(dollars)))));
    }

    private static HourOfMinutes hour(long epochHour, int minute, String dollars) {
        return HourOfMinutes.empty(epochHour).with(minute, Map.of("USD", new BigDecimal(dollars)), false);
    }

    private static <T> T awaited(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(TIMEOUT.toSeconds(), SECONDS)
                .join();
    }
}
