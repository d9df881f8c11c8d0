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
import io.ratemesh.rates.publish.PollReporter;
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
    private final DayImporter importer = new DayImporter(
            days,
            missing,
            new PollReporter(
                    new OpsEvents(vertx, "rates-1"),
                    new RatesMeters(new SimpleMeterRegistry(), List.of(NAME), () -> RateBook.EMPTY, () -> true, CLOCK),
                    () -> {}),
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
    void a_valid_file_is_imported_and_reported() throws Exception {
        AcceptedQuotes accepted = importer.accept(response(quote("USD", "1.14", FRIDAY), quote("USD", "1.15", MONDAY)));

        assertThat(accepted).isEqualTo(new AcceptedQuotes(1, true));
        assertThat(days.all().lastDay()).contains(MONDAY);
        assertThat(missing.first(days.all(), CLOCK.instant())).isEmpty();
        await().until(() -> events.equals(List.of("history-imported: the day 2026-07-06")));
    }

    @Test
    void a_rejection_is_the_error_of_the_poll_and_an_event_and_the_other_days_are_imported() {
        FeedResponse response =
                response(quote("USD", "1.14", FRIDAY), quote("USD", "1.15", MONDAY), quote("XYZ", "1", MONDAY));

        assertThatThrownBy(() -> importer.accept(response))
                .isInstanceOfSatisfying(
                        PollException.class,
                        rejected -> assertThat(rejected.retryAfter()).contains(Duration.ofHours(1)))
                .hasMessage("2026-07-06: an unknown currency code");

        assertThat(days.all().lastDay()).contains(MONDAY);
        await().until(() -> events.contains("history-rejected: 2026-07-06: an unknown currency code"));
    }

    @Test
    void the_same_rejection_is_reported_once() {
        FeedResponse response = response(quote("USD", "1", FRIDAY), quote("USD", "1.15", MONDAY));

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> importer.accept(response)).hasMessageContaining("another base?");
        }
        importer.failed("the end");

        assertThat(days.imported()).isEqualTo(RateHistory.EMPTY);
        await().until(() -> events.contains("feed-failed: the end"));
        assertThat(events).hasSize(2);
    }

    @Test
    void an_accepted_daily_response_is_a_day_of_the_history_too() {
        importer.importDaily(response(quote("USD", "1.15", MONDAY)));
        importer.importDaily(response(quote("USD", "1.15", MONDAY)));

        assertThat(days.all().perEuro("USD", MONDAY)).contains(new BigDecimal("1.15"));
        importer.recovered();
        await().until(() -> events.size() == 2);
    }

    private static FeedResponse response(FeedQuote... quotes) {
        return new FeedResponse(List.of(quotes), 0);
    }

    private static FeedQuote quote(String code, String rate, LocalDate day) {
        return new FeedQuote(code, new BigDecimal(rate), TargetCalendar.publication(day));
    }
}
