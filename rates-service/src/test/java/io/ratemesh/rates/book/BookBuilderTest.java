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
    private final LatestQuotes quotes = new LatestQuotes(rules.limit());

    BookBuilderTest() {
        quotes.markPolled("coinbase");
        quotes.markPolled("ecb");
    }

    @Test
    void the_fresh_rate_of_the_preferred_feed_is_used_even_if_another_is_newer() {
        Rate preferred = fresh("1.14", "coinbase", NOW.minus(HOUR));
        quotes.put("ecb", Map.of("USD", fresh("1.15", "ecb", NOW)), NOW);
        quotes.put("coinbase", Map.of("USD", preferred), NOW);

        assertThat(built(RateBook.EMPTY).rates()).containsEntry("USD", preferred);
    }

    @Test
    void a_fresh_rate_is_used_before_a_stale_one_of_a_preferred_feed() {
        Rate fresh = fresh("1.15", "ecb", NOW.minus(HOUR));
        quotes.put("ecb", Map.of("USD", fresh), NOW);
        quotes.put("coinbase", Map.of("USD", stale("1.14", "coinbase", NOW.minusSeconds(60))), NOW);

        assertThat(built(RateBook.EMPTY).rates()).containsEntry("USD", fresh);
    }

    @Test
    void if_no_rate_is_fresh_the_newest_is_used() {
        Rate newest = stale("1.15", "ecb", NOW.minus(HOUR));
        quotes.put("ecb", Map.of("USD", newest), NOW);
        quotes.put("coinbase", Map.of("USD", stale("1.14", "coinbase", NOW.minus(HOUR.multipliedBy(5)))), NOW);

        assertThat(built(RateBook.EMPTY).rates()).containsEntry("USD", newest);
    }

    @Test
    void a_currency_that_no_feed_has_any_more_keeps_its_last_rate() {
        Rate peso = stale("1650", "ecb", NOW.minus(Duration.ofDays(30)));
        quotes.put("ecb", Map.of("USD", fresh("1.14", "ecb", NOW)), NOW);

        RateBook next = built(new RateBook(7, Map.of("ARS", peso)));

        assertThat(next.rates()).containsOnlyKeys("ARS", "USD").containsEntry("ARS", peso);
    }

    @Test
    void a_fresh_rate_of_the_preferred_feed_stays_until_that_feed_responds_to_a_new_leader() {
        Rate known = fresh("1.14", "coinbase", NOW.minusSeconds(30));
        quotes.put("ecb", Map.of("USD", fresh("1.15", "ecb", NOW.minus(HOUR))), NOW);

        assertThat(builder.build(new RateBook(7, Map.of("USD", known)), quotes)).isEmpty();
    }

    @Test
    void a_feed_that_confirms_the_bundled_rate_makes_it_fresh() {
        Instant asOf = NOW.minus(HOUR);
        Rate bundled = new Rate(new BigDecimal("1.14"), "ecb", asOf, asOf);
        Rate confirmed = fresh("1.14", "ecb", asOf);
        quotes.put("ecb", Map.of("USD", confirmed), NOW);

        assertThat(built(new RateBook(1, Map.of("USD", bundled))).rates()).containsEntry("USD", confirmed);
    }

    @Test
    void a_simulated_rate_is_replaced_once_simulation_is_not_configured() {
        Rate real = fresh("1.14", "ecb", NOW.minus(HOUR));
        quotes.put("ecb", Map.of("USD", real), NOW);

        assertThat(built(new RateBook(1, Map.of("USD", fresh("1.2", "simulated", NOW))))
                        .rates())
                .containsEntry("USD", real);
    }

    @Test
    void the_same_content_is_not_a_new_book() {
        quotes.put("ecb", Map.of("USD", fresh("1.14", "ecb", NOW)), NOW);
        RateBook first = built(RateBook.EMPTY);

        quotes.put("ecb", Map.of("USD", fresh("1.14", "ecb", NOW)), NOW);

        assertThat(builder.build(first, quotes)).isEmpty();
    }

    @Test
    void another_number_of_decimals_is_new_content() {
        quotes.put("ecb", Map.of("USD", fresh("1.14", "ecb", NOW)), NOW);
        RateBook first = built(RateBook.EMPTY);
        quotes.put("ecb", Map.of("USD", fresh("1.140", "ecb", NOW)), NOW);

        assertThat(builder.build(first, quotes)).isPresent();
    }

    @Test
    void the_version_is_the_clock() {
        quotes.put("ecb", Map.of("USD", fresh("1.14", "ecb", NOW)), NOW);

        assertThat(built(new RateBook(7, Map.of())).version()).isEqualTo(NOW.toEpochMilli());
    }

    @Test
    void the_version_increases_if_the_clock_does_not() {
        long ahead = NOW.toEpochMilli() + 1_000_000;
        quotes.put("ecb", Map.of("USD", fresh("1.14", "ecb", NOW)), NOW);

        assertThat(built(new RateBook(ahead, Map.of())).version()).isEqualTo(ahead + 1);
    }

    @Test
    void the_same_book_again_has_the_next_version() {
        RateBook book = new RateBook(7, Map.of("USD", stale("1.14", "ecb", NOW.minus(HOUR))));

        assertThat(builder.renew(book).sameContent(book)).isTrue();
        assertThat(builder.renew(book).version()).isEqualTo(NOW.toEpochMilli());
    }

    @Test
    void a_shrunken_response_removes_no_rate() {
        quotes.put("ecb", Map.of("USD", fresh("1.14", "ecb", NOW), "JPY", fresh("185", "ecb", NOW)), NOW);
        RateBook first = built(RateBook.EMPTY);
        quotes.put("ecb", Map.of("USD", fresh("1.15", "ecb", NOW)), NOW);

        assertThat(built(first).rates()).containsOnlyKeys("JPY", "USD");
    }

    @Test
    void a_rate_that_is_held_back_keeps_the_last_one_and_is_reported() {
        Rate good = fresh("1.14", "coinbase", NOW.minusSeconds(30));
        RateBook last = new RateBook(7, Map.of("USD", good));
        quotes.put("coinbase", Map.of("USD", fresh("2.28", "coinbase", NOW)), NOW);

        assertThat(builder.build(last, quotes)).isEmpty();
        assertThat(builder.heldBack("coinbase", last, quotes)).containsExactly(entry("USD", RejectionReason.JUMP));
        assertThat(builder.heldBack("ecb", last, quotes)).isEmpty();
    }

    @Test
    void a_currency_that_no_other_feed_could_confirm_yet_is_not_in_the_book() {
        LatestQuotes early = new LatestQuotes(new JumpLimit(RateLimits.DEFAULT.maxJump()));
        early.put("coinbase", Map.of("MNT", fresh("3.9", "coinbase", NOW)), NOW);

        assertThat(builder.build(RateBook.EMPTY, early)).isEmpty();
    }

    private RateBook built(RateBook last) {
        return builder.build(last, quotes).orElseThrow();
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
