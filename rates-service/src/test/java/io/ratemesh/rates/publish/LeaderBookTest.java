package io.ratemesh.rates.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import io.ratemesh.node.settings.RateLimits;
import io.ratemesh.rates.book.BookRules;
import io.ratemesh.rates.book.BundledBook;
import io.ratemesh.rates.feed.EcbDay;
import io.ratemesh.rates.feed.EcbDay.EcbRate;
import io.ratemesh.rates.feed.EcbFeed;
import io.ratemesh.rates.feed.FeedResponse;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeaderBookTest {

    private static final Instant MONDAY = Instant.parse("2026-07-06T14:05:00Z");

    private final SetClock clock = new SetClock(MONDAY);
    private final EcbFeed ecb = new EcbFeed(URI.create("http://127.0.0.1/"), Duration.ofMinutes(10));
    private final LeaderBook book = new LeaderBook(BookRules.of(List.of(ecb), RateLimits.DEFAULT, clock), clock);

    @Test
    void an_answer_makes_a_book_and_the_same_answer_none() {
        book.take(ecb, dollar("2026-07-06", "1.1415"));
        assertThat(book.build()).isPresent();

        clock.now = MONDAY.plusSeconds(600);
        book.take(ecb, dollar("2026-07-06", "1.1415"));
        assertThat(book.build()).isEmpty();
    }

    @Test
    void the_bundled_day_is_confirmed_by_a_live_feed() {
        book.goOnFrom(BundledBook.read());
        book.take(ecb, dollar("2026-07-06", "1.1415"));

        RateBook next = book.build().orElseThrow();

        assertThat(next.rates().get("USD"))
                .extracting(rate -> rate.stale(MONDAY))
                .isEqualTo(false);
        assertThat(next.rates().get("JPY"))
                .extracting(rate -> rate.stale(MONDAY))
                .isEqualTo(true);
    }

    @Test
    void a_rate_that_turns_stale_is_published_anew_once() {
        book.take(ecb, dollar("2026-07-06", "1.1415"));
        RateBook published = book.build().orElseThrow();
        Instant staleAt = Instant.parse("2026-07-07T16:00:00Z");

        clock.now = staleAt.minusMillis(1);
        assertThat(book.turnedStale()).isEmpty();

        clock.now = staleAt;
        RateBook again = book.turnedStale().orElseThrow();
        assertThat(again.version()).isGreaterThan(published.version());
        assertThat(again.sameContent(published)).isTrue();

        clock.now = staleAt.plusSeconds(1);
        assertThat(book.turnedStale()).isEmpty();
    }

    @Test
    void the_bundled_book_is_not_published_anew_for_being_stale_from_the_start() {
        book.goOnFrom(new RateBook(MONDAY.toEpochMilli(), BundledBook.read().rates()));

        assertThat(book.turnedStale()).isEmpty();
    }

    @Test
    void a_new_leader_tells_of_what_turned_stale_while_nobody_led() {
        Rate rate = new Rate(BigDecimal.ONE, "ecb", MONDAY, MONDAY.plusSeconds(60));
        clock.now = MONDAY.plusSeconds(62);

        book.goOnFrom(new RateBook(MONDAY.toEpochMilli(), Map.of("USD", rate)));

        assertThat(book.turnedStale()).isPresent();
    }

    @Test
    void an_overtaken_leader_goes_on_above_the_other_book() {
        book.take(ecb, dollar("2026-07-06", "1.1415"));
        book.build();
        RateBook other =
                new RateBook(MONDAY.toEpochMilli() + 5000, BundledBook.read().rates());

        RateBook next = book.goOnFrom(other).orElseThrow();

        assertThat(next.version()).isEqualTo(other.version() + 1);
        assertThat(next.rates()).hasSize(29);
    }

    @Test
    void a_leader_whose_feeds_know_nothing_newer_takes_the_other_book_as_it_is() {
        RateBook other = new RateBook(7, BundledBook.read().rates());

        assertThat(book.goOnFrom(other)).isEmpty();
        assertThat(book.book()).isEqualTo(other);
    }

    private static FeedResponse dollar(String date, String perEuro) {
        return new EcbDay(LocalDate.parse(date), List.of(new EcbRate("USD", new BigDecimal(perEuro))), 0).answer();
    }

    private static final class SetClock extends Clock {

        private Instant now;

        private SetClock(Instant now) {
            this.now = now;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
