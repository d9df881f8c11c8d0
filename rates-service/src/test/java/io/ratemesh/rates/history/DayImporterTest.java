package io.ratemesh.rates.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ratemesh.model.RateBook;
import io.ratemesh.model.TargetCalendar;
import io.ratemesh.model.history.HistoryDay;
import io.ratemesh.model.history.RateHistory;
import io.ratemesh.node.ops.OpsEvents;
import io.ratemesh.rates.feed.FeedQuote;
import io.ratemesh.rates.feed.FeedResponse;
import io.ratemesh.rates.meters.RatesMeters;
import io.ratemesh.rates.poll.AcceptedQuotes;
import io.ratemesh.rates.poll.PollException;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DayImporterTest {

    private static final LocalDate FRIDAY = LocalDate.parse("2026-07-03");
    private static final LocalDate MONDAY = LocalDate.parse("2026-07-06");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-07-06T15:00:00Z"), ZoneOffset.UTC);
    private static final String NAME = "ecb-history";

    private final Vertx vertx = Vertx.vertx();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final DayStore days =
            new DayStore(RateHistory.of(List.of(new HistoryDay(FRIDAY, Map.of("USD", new BigDecimal("1.14"))))));
    private final MissingDays missing = new MissingDays(FRIDAY);
    private final DayImporter desk = new DayImporter(
            days,
            missing,
            new RatesMeters(new SimpleMeterRegistry(), List.of(NAME), () -> RateBook.EMPTY, () -> true, CLOCK),
            new OpsEvents(vertx, "rates-1"),
            () -> {},
            CLOCK);

    DayImporterTest() {
        vertx.eventBus()
                .<JsonObject>consumer(
                        OpsEvents.ADDRESS,
                        event -> events.add(event.body().getString("type") + ": "
                                + event.body().getString("detail")));
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void a_good_file_is_learnt_and_told() throws Exception {
        AcceptedQuotes believed =
                desk.answered(NAME, answer(quote("USD", "1.14", FRIDAY), quote("USD", "1.15", MONDAY)));

        assertThat(believed).isEqualTo(new AcceptedQuotes(1, true));
        assertThat(days.known().lastDay()).contains(MONDAY);
        assertThat(missing.first(days.known(), CLOCK.instant())).isEmpty();
        await().until(() -> events.equals(List.of("history-imported: the day 2026-07-06")));
    }

    @Test
    void what_is_refused_is_the_loops_error_and_an_event_and_the_rest_is_learnt() {
        FeedResponse answer =
                answer(quote("USD", "1.14", FRIDAY), quote("USD", "1.15", MONDAY), quote("XYZ", "1", MONDAY));

        assertThatThrownBy(() -> desk.answered(NAME, answer))
                .isInstanceOfSatisfying(
                        PollException.class,
                        refused -> assertThat(refused.retryAfter()).contains(Duration.ofHours(1)))
                .hasMessage("2026-07-06: a code that is no currency");

        assertThat(days.known().lastDay()).contains(MONDAY);
        await().until(() -> events.contains("history-rejected: 2026-07-06: a code that is no currency"));
    }

    @Test
    void the_same_refusal_is_told_once() {
        FeedResponse answer = answer(quote("USD", "1", FRIDAY), quote("USD", "1.15", MONDAY));

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> desk.answered(NAME, answer)).hasMessageContaining("another base?");
        }
        desk.failing(NAME, "the end");

        assertThat(days.learnt()).isEqualTo(RateHistory.EMPTY);
        await().until(() -> events.contains("feed-failed: the end"));
        assertThat(events).hasSize(2);
    }

    @Test
    void the_believed_daily_answer_is_a_day_of_the_history_too() {
        desk.learn(answer(quote("USD", "1.15", MONDAY)));
        desk.learn(answer(quote("USD", "1.15", MONDAY)));

        assertThat(days.known().perEuro("USD", MONDAY)).contains(new BigDecimal("1.15"));
        desk.recovered(NAME);
        await().until(() -> events.size() == 2);
    }

    private static FeedResponse answer(FeedQuote... quotes) {
        return new FeedResponse(List.of(quotes), 0);
    }

    private static FeedQuote quote(String code, String rate, LocalDate day) {
        return new FeedQuote(code, new BigDecimal(rate), TargetCalendar.publication(day));
    }
}
