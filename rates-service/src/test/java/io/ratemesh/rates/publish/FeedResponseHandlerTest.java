package io.ratemesh.rates.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ratemesh.model.RateBook;
import io.ratemesh.node.ops.OpsEvents;
import io.ratemesh.node.settings.RateLimits;
import io.ratemesh.rates.book.BookRules;
import io.ratemesh.rates.book.BookState;
import io.ratemesh.rates.book.SetClock;
import io.ratemesh.rates.feed.EcbFeed;
import io.ratemesh.rates.feed.EcbFiles;
import io.ratemesh.rates.feed.FeedQuote;
import io.ratemesh.rates.feed.FeedResponse;
import io.ratemesh.rates.meters.RatesMeters;
import io.ratemesh.rates.poll.AcceptedQuotes;
import io.ratemesh.rates.poll.PollException;
import io.ratemesh.rates.poll.PollOutcome;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FeedResponseHandlerTest {

    private static final Instant NOW = Instant.parse("2026-07-06T14:05:00Z");
    private static final Instant TODAY = Instant.parse("2026-07-06T14:00:00Z");

    private final Vertx vertx = Vertx.vertx();
    private final SetClock clock = new SetClock(NOW);
    private final EcbFeed ecb = new EcbFeed(EcbFiles.DAILY, Duration.ofMinutes(10));
    private final BookState state = new BookState(BookRules.of(List.of(ecb), RateLimits.DEFAULT, clock), clock);
    private final List<Long> published = new ArrayList<>();
    private final List<FeedResponse> complete = new ArrayList<>();
    private final AtomicInteger reports = new AtomicInteger();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final FeedResponseHandler handler = new FeedResponseHandler(
            ecb,
            state,
            () -> published.add(state.accepted().version()),
            complete::add,
            new PollReporter(
                    new OpsEvents(vertx, "rates-1"),
                    new RatesMeters(meters, List.of("ecb"), () -> RateBook.EMPTY, () -> true, clock),
                    reports::incrementAndGet));

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void an_accepted_poll_builds_and_publishes_the_book_once() throws Exception {
        FeedResponse response = response(quote("USD", "1.1415"), quote("JPY", "185.31"));

        handler.started();
        AcceptedQuotes accepted = handler.accept(response);
        handler.ended(PollOutcome.ACCEPTED);

        assertThat(accepted).isEqualTo(new AcceptedQuotes(2, true));
        assertThat(clock.builds()).isEqualTo(1);
        assertThat(published).containsExactly(state.accepted().version());
        assertThat(complete).containsExactly(response);
        assertThat(reports).as("at the start and at the end of the poll").hasValue(2);
    }

    @Test
    void a_rejected_poll_builds_the_book_once_and_publishes_nothing() {
        FeedResponse response = response(quote("USD", "-1"));

        assertThatThrownBy(() -> handler.accept(response)).isInstanceOf(PollException.class);
        handler.ended(PollOutcome.REJECTED);

        assertThat(clock.builds()).isEqualTo(1);
        assertThat(published).isEmpty();
        assertThat(complete).isEmpty();
        assertThat(meters.get("ratemesh.feed.polls")
                        .tag("outcome", "rejected")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void a_poll_without_a_response_builds_the_book_once() {
        handler.ended(PollOutcome.FAILED);
        assertThat(clock.builds()).isEqualTo(1);

        handler.ended(PollOutcome.UNCHANGED);
        assertThat(clock.builds()).isEqualTo(2);
        assertThat(published).isEmpty();
    }

    @Test
    void a_response_with_a_rejected_quote_is_not_complete() throws Exception {
        AcceptedQuotes accepted = handler.accept(response(quote("USD", "1.1415"), quote("XYZ", "3")));

        assertThat(accepted).isEqualTo(new AcceptedQuotes(1, false));
        assertThat(published).hasSize(1);
        assertThat(complete).isEmpty();
    }

    private static FeedResponse response(FeedQuote... quotes) {
        return new FeedResponse(List.of(quotes), 0);
    }

    private static FeedQuote quote(String code, String rate) {
        return new FeedQuote(code, new BigDecimal(rate), TODAY);
    }
}
