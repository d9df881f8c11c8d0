package io.ratemesh.rates.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import io.ratemesh.rates.book.BundledBook;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SimulatedFeedTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Instant START = Instant.parse("2026-07-07T09:00:00Z");

    private final RateBook book = BundledBook.read();

    @Test
    void the_first_step_has_every_currency() {
        FeedResponse first = feed(SECOND, 1).step(book, START);

        assertThat(first.quotes())
                .extracting(FeedQuote::currency)
                .containsExactlyElementsOf(book.rates().keySet());
        assertThat(first.quotes())
                .allSatisfy(quote -> assertThat(quote.observedAt()).isEqualTo(START));
    }

    @Test
    void the_same_seed_makes_the_same_walk() {
        SimulatedFeed one = feed(SECOND, 7);
        SimulatedFeed other = feed(SECOND, 7);

        for (int step = 0; step < 50; step++) {
            Instant now = START.plusSeconds(step);
            assertThat(one.step(book, now)).isEqualTo(other.step(book, now));
        }
    }

    @Test
    void a_step_moves_a_few_currencies_by_basis_points() {
        SimulatedFeed feed = feed(SECOND, 3);
        Map<String, BigDecimal> before = new HashMap<>();
        feed.step(book, START).quotes().forEach(quote -> before.put(quote.currency(), quote.perEuro()));

        FeedResponse second = feed.step(book, START.plusSeconds(1));

        assertThat(second.quotes()).hasSizeBetween(1, 12);
        assertThat(second.quotes()).allSatisfy(quote -> {
            BigDecimal was = before.getOrDefault(quote.currency(), BigDecimal.ONE);
            assertThat(quote.perEuro().subtract(was).abs()).isLessThan(was.multiply(new BigDecimal("0.0014")));
        });
    }

    @Test
    void a_walk_stays_within_its_bounds_however_long() {
        SimulatedFeed feed = feed(SECOND, 5);

        for (int step = 0; step < 20_000; step++) {
            for (FeedQuote quote : feed.step(book, START.plusSeconds(step)).quotes()) {
                BigDecimal start = book.rate(quote.currency()).orElseThrow().perEuro();
                assertThat(quote.perEuro())
                        .isBetween(start.multiply(new BigDecimal("0.9499")), start.multiply(new BigDecimal("1.0501")));
                assertThat(quote.perEuro().precision()).isLessThanOrEqualTo(6);
            }
        }
    }

    @Test
    void no_currency_turns_stale_during_the_walk() {
        SimulatedFeed feed = feed(SECOND, 11);
        Map<String, Instant> staleAt = new HashMap<>();

        for (int step = 0; step < 600; step++) {
            Instant now = START.plusSeconds(step);
            Set<String> overdue = new HashSet<>();
            staleAt.forEach((currency, at) -> {
                if (!now.isBefore(at)) {
                    overdue.add(currency);
                }
            });
            assertThat(overdue).isEmpty();
            feed.step(book, now)
                    .quotes()
                    .forEach(quote ->
                            staleAt.put(quote.currency(), feed.staleAt(quote.observedAt(), Duration.ofHours(26))));
        }
    }

    @Test
    void a_walk_that_ends_turns_stale_soon() {
        assertThat(feed(SECOND, 1).staleAt(START, Duration.ofHours(26))).isEqualTo(START.plusSeconds(60));
        assertThat(feed(Duration.ofMinutes(5), 1).staleAt(START, Duration.ofHours(26)))
                .isEqualTo(START.plus(Duration.ofMinutes(15)));
    }

    @Test
    void its_rates_are_marked_as_simulated() {
        assertThat(feed(SECOND, 1).name()).isEqualTo(Rate.SIMULATED);
    }

    private static SimulatedFeed feed(Duration poll, long seed) {
        return new SimulatedFeed(poll, new SplittableRandom(seed));
    }
}
