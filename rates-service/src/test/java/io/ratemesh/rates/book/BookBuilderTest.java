package io.ratemesh.rates.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import io.ratemesh.node.settings.RateLimits;
import io.ratemesh.rates.feed.CoinbaseFeed;
import io.ratemesh.rates.feed.EcbFeed;
import io.ratemesh.rates.feed.Feed;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BookBuilderTest {

    private static final Instant NOW = Instant.parse("2026-07-06T15:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final BookRules rules =
            BookRules.of(List.of(coinbase(), ecb()), RateLimits.DEFAULT, Clock.fixed(NOW, ZoneOffset.UTC));
    private final BookBuilder builder = rules.builder();
    private final LatestQuotes held = new LatestQuotes(rules.limit());

    BookBuilderTest() {
        held.markPolled("coinbase");
        held.markPolled("ecb");
    }

    @Test
    void the_preferred_feeds_fresh_rate_counts_even_if_anothers_is_newer() {
        Rate preferred = fresh("1.14", "coinbase", NOW.minus(HOUR));
        held.put("ecb", Map.of("USD", fresh("1.15", "ecb", NOW)), NOW);
        held.put("coinbase", Map.of("USD", preferred), NOW);

        assertThat(built(RateBook.EMPTY).rates()).containsEntry("USD", preferred);
    }

    @Test
    void a_fresh_rate_counts_before_a_stale_one_of_a_preferred_feed() {
        Rate fresh = fresh("1.15", "ecb", NOW.minus(HOUR));
        held.put("ecb", Map.of("USD", fresh), NOW);
        held.put("coinbase", Map.of("USD", stale("1.14", "coinbase", NOW.minusSeconds(60))), NOW);

        assertThat(built(RateBook.EMPTY).rates()).containsEntry("USD", fresh);
    }

    @Test
    void where_none_is_fresh_the_newest_counts() {
        Rate newest = stale("1.15", "ecb", NOW.minus(HOUR));
        held.put("ecb", Map.of("USD", newest), NOW);
        held.put("coinbase", Map.of("USD", stale("1.14", "coinbase", NOW.minus(HOUR.multipliedBy(5)))), NOW);

        assertThat(built(RateBook.EMPTY).rates()).containsEntry("USD", newest);
    }

    @Test
    void a_currency_that_no_feed_mentions_any_more_keeps_its_last_good_rate() {
        Rate peso = stale("1650", "ecb", NOW.minus(Duration.ofDays(30)));
        held.put("ecb", Map.of("USD", fresh("1.14", "ecb", NOW)), NOW);

        RateBook next = built(new RateBook(7, Map.of("ARS", peso)));

        assertThat(next.rates()).containsOnlyKeys("ARS", "USD").containsEntry("ARS", peso);
    }

    @Test
    void the_books_own_fresh_rate_of_the_preferred_feed_stays_while_that_feed_has_not_answered_a_new_leader() {
        Rate known = fresh("1.14", "coinbase", NOW.minusSeconds(30));
        held.put("ecb", Map.of("USD", fresh("1.15", "ecb", NOW.minus(HOUR))), NOW);

        assertThat(builder.build(new RateBook(7, Map.of("USD", known)), held)).isEmpty();
    }

    @Test
    void a_feed_that_confirms_the_bundled_rate_makes_it_fresh() {
        Instant asOf = NOW.minus(HOUR);
        Rate bundled = new Rate(new BigDecimal("1.14"), "ecb", asOf, asOf);
        Rate confirmed = fresh("1.14", "ecb", asOf);
        held.put("ecb", Map.of("USD", confirmed), NOW);

        assertThat(built(new RateBook(1, Map.of("USD", bundled))).rates()).containsEntry("USD", confirmed);
    }

    @Test
    void a_simulated_rate_makes_way_once_nobody_asks_for_simulation() {
        Rate real = fresh("1.14", "ecb", NOW.minus(HOUR));
        held.put("ecb", Map.of("USD", real), NOW);

        assertThat(built(new RateBook(1, Map.of("USD", fresh("1.2", "simulated", NOW))))
                        .rates())
                .containsEntry("USD", real);
    }

    @Test
    void the_same_content_is_no_new_book() {
        held.put("ecb", Map.of("USD", fresh("1.14", "ecb", NOW)), NOW);
        RateBook first = built(RateBook.EMPTY);

        held.put("ecb", Map.of("USD", fresh("1.14", "ecb", NOW)), NOW);

        assertThat(builder.build(first, held)).isEmpty();
    }

    @Test
    void another_spelling_of_the_same_rate_is_new_content_for_decimals_are_kept() {
        held.put("ecb", Map.of("USD", fresh("1.14", "ecb", NOW)), NOW);
        RateBook first = built(RateBook.EMPTY);
        held.put("ecb", Map.of("USD", fresh("1.140", "ecb", NOW)), NOW);

        assertThat(builder.build(first, held)).isPresent();
    }

    @Test
    void the_version_is_the_clock() {
        held.put("ecb", Map.of("USD", fresh("1.14", "ecb", NOW)), NOW);

        assertThat(built(new RateBook(7, Map.of())).version()).isEqualTo(NOW.toEpochMilli());
    }

    @Test
    void the_version_grows_when_the_clock_does_not() {
        long ahead = NOW.toEpochMilli() + 1_000_000;
        held.put("ecb", Map.of("USD", fresh("1.14", "ecb", NOW)), NOW);

        assertThat(built(new RateBook(ahead, Map.of())).version()).isEqualTo(ahead + 1);
    }

    @Test
    void the_same_book_again_has_the_next_version() {
        RateBook book = new RateBook(7, Map.of("USD", stale("1.14", "ecb", NOW.minus(HOUR))));

        assertThat(builder.renew(book).sameContent(book)).isTrue();
        assertThat(builder.renew(book).version()).isEqualTo(NOW.toEpochMilli());
    }

    @Test
    void an_answer_that_shrank_erases_nothing() {
        held.put("ecb", Map.of("USD", fresh("1.14", "ecb", NOW), "JPY", fresh("185", "ecb", NOW)), NOW);
        RateBook first = built(RateBook.EMPTY);
        held.put("ecb", Map.of("USD", fresh("1.15", "ecb", NOW)), NOW);

        assertThat(built(first).rates()).containsOnlyKeys("JPY", "USD");
    }

    @Test
    void a_rate_that_is_held_back_leaves_the_last_one_in_place_and_is_named() {
        Rate good = fresh("1.14", "coinbase", NOW.minusSeconds(30));
        RateBook last = new RateBook(7, Map.of("USD", good));
        held.put("coinbase", Map.of("USD", fresh("2.28", "coinbase", NOW)), NOW);

        assertThat(builder.build(last, held)).isEmpty();
        assertThat(builder.heldBack("coinbase", last, held)).containsExactly(entry("USD", RejectionReason.JUMP));
        assertThat(builder.heldBack("ecb", last, held)).isEmpty();
    }

    @Test
    void a_currency_that_nobody_could_check_yet_is_not_in_the_book() {
        LatestQuotes early = new LatestQuotes(new JumpLimit(RateLimits.DEFAULT.maxJump()));
        early.put("coinbase", Map.of("MNT", fresh("3.9", "coinbase", NOW)), NOW);

        assertThat(builder.build(RateBook.EMPTY, early)).isEmpty();
    }

    private RateBook built(RateBook last) {
        return builder.build(last, held).orElseThrow();
    }

    private static Rate fresh(String perEuro, String source, Instant asOf) {
        return new Rate(new BigDecimal(perEuro), source, asOf, NOW.plus(HOUR));
    }

    private static Rate stale(String perEuro, String source, Instant asOf) {
        return new Rate(new BigDecimal(perEuro), source, asOf, asOf.plusSeconds(1));
    }

    private static Feed coinbase() {
        return new CoinbaseFeed(URI.create("http://127.0.0.1/"), HOUR, Clock.systemUTC());
    }

    private static Feed ecb() {
        return new EcbFeed(URI.create("http://127.0.0.1/"), HOUR);
    }
}
