package io.ratemesh.rates.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import io.ratemesh.node.settings.RateLimits;
import io.ratemesh.rates.book.BookState.Acceptance;
import io.ratemesh.rates.feed.EcbDay;
import io.ratemesh.rates.feed.EcbDay.EcbRate;
import io.ratemesh.rates.feed.EcbFeed;
import io.ratemesh.rates.feed.FeedResponse;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BookStateTest {

    private static final Instant MONDAY = Instant.parse("2026-07-06T14:05:00Z");

    private final SetClock clock = new SetClock(MONDAY);
    private final EcbFeed ecb = new EcbFeed(URI.create("http://127.0.0.1/"), Duration.ofMinutes(10));
    private final BookState state = new BookState(BookRules.of(List.of(ecb), RateLimits.DEFAULT, clock), clock);

    @Test
    void a_response_makes_a_book_and_the_same_response_none() {
        assertThat(state.accept(ecb, usd("2026-07-06", "1.1415")).next()).isPresent();
        clock.set(MONDAY.plusSeconds(600));
        assertThat(state.accept(ecb, usd("2026-07-06", "1.1415")).next()).isEmpty();
    }

    @Test
    void a_response_builds_the_book_once() {
        state.continueFrom(BundledBook.read());
        int before = clock.builds();

        state.accept(ecb, usd("2026-07-06", "1.1415"));

        assertThat(clock.builds() - before).isEqualTo(1);
    }

    @Test
    void a_response_that_is_rejected_as_a_whole_builds_the_book_once_and_changes_no_rate() {
        state.continueFrom(BundledBook.read());
        RateBook accepted = state.accepted();
        int before = clock.builds();

        Acceptance acceptance = state.accept(ecb, new FeedResponse(List.of(), 0));

        assertThat(acceptance.checked().isRejected()).isTrue();
        assertThat(acceptance.next()).isEmpty();
        assertThat(state.accepted()).isEqualTo(accepted);
        assertThat(clock.builds() - before).isEqualTo(1);
    }

    @Test
    void the_bundled_day_is_confirmed_by_a_live_feed() {
        state.continueFrom(BundledBook.read());

        RateBook next = state.accept(ecb, usd("2026-07-06", "1.1415")).next().orElseThrow();

        assertThat(next.rates().get("USD"))
                .extracting(rate -> rate.stale(MONDAY))
                .isEqualTo(false);
        assertThat(next.rates().get("JPY"))
                .extracting(rate -> rate.stale(MONDAY))
                .isEqualTo(true);
    }

    @Test
    void a_quote_that_is_held_back_is_reported_until_it_is_accepted() {
        state.continueFrom(BundledBook.read());

        Acceptance jump = state.accept(ecb, rate("TRY", "2026-07-07", "90"));

        assertThat(jump.next()).isEmpty();
        assertThat(jump.isComplete()).isFalse();
        assertThat(jump.heldBack()).containsExactly(entry("TRY", RejectionReason.JUMP));
        assertThat(state.rejections("ecb").held()).containsExactly(entry("TRY", "jump"));

        state.accept(ecb, rate("TRY", "2026-07-07", "53.5"));

        assertThat(state.rejections("ecb").held()).isEmpty();
    }

    @Test
    void a_rate_that_turns_stale_is_published_again_once() {
        RateBook published =
                state.accept(ecb, usd("2026-07-06", "1.1415")).next().orElseThrow();
        Instant staleAt = Instant.parse("2026-07-07T16:00:00Z");

        clock.set(staleAt.minusMillis(1));
        assertThat(state.refreshStale()).isEmpty();
        clock.set(staleAt);
        RateBook again = state.refreshStale().orElseThrow();
        assertThat(again.version()).isGreaterThan(published.version());
        assertThat(again.sameContent(published)).isTrue();
        clock.set(staleAt.plusSeconds(1));
        assertThat(state.refreshStale()).isEmpty();
    }

    @Test
    void the_bundled_book_is_not_published_again_for_being_stale_from_the_start() {
        state.continueFrom(
                new RateBook(MONDAY.toEpochMilli(), BundledBook.read().rates()));

        assertThat(state.refreshStale()).isEmpty();
    }

    @Test
    void a_new_leader_publishes_again_what_turned_stale_while_no_node_led() {
        Rate rate = new Rate(BigDecimal.ONE, "ecb", MONDAY, MONDAY.plusSeconds(60));
        clock.set(MONDAY.plusSeconds(62));

        state.continueFrom(new RateBook(MONDAY.toEpochMilli(), Map.of("USD", rate)));

        assertThat(state.refreshStale()).isPresent();
    }

    @Test
    void an_overtaken_leader_continues_above_the_other_book() {
        state.accept(ecb, usd("2026-07-06", "1.1415"));
        RateBook other =
                new RateBook(MONDAY.toEpochMilli() + 5000, BundledBook.read().rates());

        RateBook next = state.continueFrom(other).orElseThrow();

        assertThat(next.version()).isEqualTo(other.version() + 1);
        assertThat(next.rates()).hasSize(29);
    }

    @Test
    void a_leader_without_newer_quotes_takes_the_other_book_as_it_is() {
        RateBook other = new RateBook(7, BundledBook.read().rates());

        assertThat(state.continueFrom(other)).isEmpty();
        assertThat(state.accepted()).isEqualTo(other);
    }

    @Test
    void a_published_book_that_is_not_newer_is_ignored_and_no_reader_is_called() {
        List<Long> versions = new ArrayList<>();
        state.onPublished(book -> versions.add(book.version()));

        for (long version : new long[] {5, 5, 3, 0, 8, 7}) {
            state.markPublished(new RateBook(version, Map.of()));
        }

        assertThat(versions).containsExactly(5L, 8L);
        assertThat(state.published().version()).isEqualTo(8);
    }

    private static FeedResponse usd(String date, String perEuro) {
        return rate("USD", date, perEuro);
    }

    private static FeedResponse rate(String currency, String date, String perEuro) {
        return new EcbDay(LocalDate.parse(date), List.of(new EcbRate(currency, new BigDecimal(perEuro))), 0)
                .toResponse();
    }
}
