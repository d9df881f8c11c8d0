package io.ratemesh.converter.history;

import static io.ratemesh.converter.TestConverter.awaited;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.converter.TestBooks;
import io.ratemesh.converter.TestConverter;
import io.ratemesh.model.history.HistoryCodec;
import io.ratemesh.model.history.HistoryDay;
import io.ratemesh.model.history.HourCodec;
import io.ratemesh.model.history.HourOfMinutes;
import io.ratemesh.model.history.RateHistory;
import io.ratemesh.node.cluster.HazelcastSetup;
import io.ratemesh.node.history.SharedHistory;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Followers beside a converter's own, on its cluster. */
class HistoryFollowerTest {

    private static final Instant NOW = Instant.parse("2026-07-06T14:30:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final long HOUR = HourOfMinutes.epochHour(NOW);
    private static final LocalDate DAY = LocalDate.of(2026, 7, 6);
    private static final Duration NEVER = Duration.ofDays(1);
    private static final Duration AT_ONCE = Duration.ofMillis(20);

    private static TestConverter converter;
    private static Vertx vertx;

    private final CurrentHistory current = new CurrentHistory();
    private SharedHistory shared;
    private String follower = "";

    @BeforeAll
    static void start() {
        converter = TestConverter.start();
        vertx = converter.node().vertx();
    }

    @AfterAll
    static void stop() {
        converter.close();
    }

    @BeforeEach
    void forgetAll() {
        awaited(vertx.sharedData().getClusterWideMap(HazelcastSetup.HISTORY_MAP).compose(map -> map.clear()));
        shared = awaited(SharedHistory.open(vertx));
    }

    @AfterEach
    void stopFollowing() {
        if (!follower.isEmpty()) {
            awaited(vertx.undeploy(follower));
        }
    }

    @Test
    void the_days_in_the_jar_are_known_from_the_start() {
        follow(NEVER);

        assertThat(current.days().firstDay()).contains(LocalDate.of(1999, 1, 4));
        assertThat(current.days().days()).isGreaterThanOrEqualTo(6983);
        assertThat(current.minutes().points()).isZero();
    }

    @Test
    void the_days_of_the_cluster_are_known_from_the_start() {
        awaited(shared.publishDays(days("1.1415")));
        awaited(shared.publishHour(hour(HOUR, 5)));
        awaited(shared.publishHour(hour(HOUR - 48, 5)));

        follow(NEVER);

        assertThat(current.days().perEuro("USD", DAY)).contains(new BigDecimal("1.1415"));
        assertThat(current.days().perEuro("USD", LocalDate.of(2026, 4, 13))).isPresent();
        assertThat(current.minutes().hours()).containsExactly(hour(HOUR - 48, 5), hour(HOUR, 5));
    }

    @Test
    void published_days_are_added_and_corrected_days_replace_known_ones() {
        follow(NEVER);

        awaited(shared.publishDays(days("1.1")));
        awaited(shared.publishDays(days("1.2")));
        awaited(shared.publishHour(hour(HOUR, 5)));
        awaited(shared.publishHour(hour(HOUR, 6)));

        await().untilAsserted(() -> {
            assertThat(current.days().perEuro("USD", DAY)).contains(new BigDecimal("1.2"));
            assertThat(current.minutes().points()).isEqualTo(2);
        });
    }

    @Test
    void a_lost_publication_is_made_up_for() {
        follow(AT_ONCE);

        store(HazelcastSetup.DAYS, HistoryCodec.encode(days("1.3")));
        store(Long.toString(HOUR - 1), HourCodec.encode(hour(HOUR - 1, 59)));
        store(Long.toString(HOUR), HourCodec.encode(hour(HOUR, 0)));

        await().untilAsserted(() -> {
            assertThat(current.days().perEuro("USD", DAY)).contains(new BigDecimal("1.3"));
            assertThat(current.minutes().points()).isEqualTo(2);
        });
    }

    @Test
    void minutes_older_than_two_days_are_removed() {
        current.add(hour(HOUR - 49, 5));
        current.add(hour(HOUR - 48, 5));

        follow(AT_ONCE);

        await().until(() -> current.minutes().points() == 1);
        assertThat(current.minutes().hour(HOUR - 48)).isPresent();
    }

    @Test
    void minutes_from_a_wrong_clock_are_ignored() {
        follow(NEVER);

        awaited(shared.publishHour(hour(HOUR + 2, 5)));
        awaited(shared.publishHour(hour(HOUR - 49, 5)));
        awaited(shared.publishHour(hour(HOUR + 1, 5)));

        await().until(() -> current.minutes().points() > 0);
        assertThat(current.minutes().hours()).containsExactly(hour(HOUR + 1, 5));
    }

    @Test
    void a_converter_serves_imported_days_and_measures_them() {
        converter.publish(TestBooks.example());
        LocalDate day = LocalDate.of(2026, 4, 14);

        awaited(shared.publishDays(RateHistory.of(List.of(new HistoryDay(day, Map.of("CHF", BigDecimal.ONE))))));
        awaited(shared.publishHour(hour(HourOfMinutes.epochHour(Instant.now()), 5)));

        await().untilAsserted(() -> {
            assertThat(converter.get("/api/v1/convert?from=CHF&to=USD&amount=1").body())
                    .contains("the last one known is of 2026-04-14");
            assertThat(new JsonObject(converter.get("/api/v1/status").body())
                            .getJsonObject("history")
                            .getInteger("minutePoints"))
                    .isPositive();
        });
        assertThat(converter.get("/metrics").body())
                .contains(
                        "ratemesh_converter_history_days ",
                        "ratemesh_converter_history_newest_day_timestamp_seconds ",
                        "ratemesh_converter_history_minutes ",
                        "ratemesh_converter_history_bytes ");
    }

    @Test
    void the_tag_of_the_currencies_changes_with_the_history() {
        converter.publish(TestBooks.example());
        String before =
                converter.get("/api/v1/currencies").headers().firstValue("etag").orElseThrow();

        awaited(shared.publishDays(
                RateHistory.of(List.of(new HistoryDay(LocalDate.of(2026, 4, 15), Map.of("SEK", BigDecimal.TEN))))));

        await().untilAsserted(() -> assertThat(
                        converter.get("/api/v1/currencies").headers().firstValue("etag"))
                .isNotEmpty()
                .isNotEqualTo(Optional.of(before)));
    }

    private void follow(Duration refresh) {
        follower = awaited(vertx.deployVerticle(new VerticleBase() {
            @Override
            public Future<?> start() {
                return new HistoryFollower(super.vertx, CLOCK, current, refresh).start();
            }
        }));
    }

    private static void store(String key, byte[] bytes) {
        awaited(vertx.sharedData()
                .<String, byte[]>getClusterWideMap(HazelcastSetup.HISTORY_MAP)
                .compose(map -> map.put(key, bytes)));
    }

    private static RateHistory days(String dollars) {
        return RateHistory.of(List.of(new HistoryDay(DAY, Map.of("USD", new BigDecimal(dollars)))));
    }

    private static HourOfMinutes hour(long epochHour, int minute) {
        return HourOfMinutes.empty(epochHour).with(minute, Map.of("USD", new BigDecimal("1.1")), false);
    }
}
