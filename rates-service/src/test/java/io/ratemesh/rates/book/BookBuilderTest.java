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
    private final LatestQuotes held = rules.quotes();

    BookBuilderTest() {
        held.silent("coinbase");
        held.silent("ecb");
    }

    @Test
    void thePreferredFeedsFreshRateCountsEvenIfAnothersIsNewer() {
        Rate preferred = fresh("1.14", "coinbase", NOW.minus(HOUR));
        held.hold("ecb", Map.of("USD", fresh("1.15", "ecb", NOW)), NOW);
        held.hold("coinbase", Map.of("USD", preferred), NOW);

        assertThat(built(RateBook.EMPTY).rates()).containsEntry("USD", preferred);
    }

    @Test
    void aFreshRateCountsBeforeAStaleOneOfAPreferredFeed() {
        Rate fresh = fresh("1.15", "ecb", NOW.minus(HOUR));
        held.hold("ecb", Map.of("USD", fresh), NOW);
        held.hold("coinbase", Map.of("USD", stale("1.14", "coinbase", NOW.minusSeconds(60))), NOW);

        assertThat(built(RateBook.EMPTY).rates()).containsEntry("USD", fresh);
    }

    @Test
    void whereNoneIsFreshTheNewestCounts() {
        Rate newest = stale("1.15", "ecb", NOW.minus(HOUR));
        held.hold("ecb", Map.of("USD", newest), NOW);
        held.hold("coinbase", Map.of("USD", stale("1.14", "coinbase", NOW.minus(HOUR.multipliedBy(5)))), NOW);

        assertThat(built(RateBook.EMPTY).rates()).containsEntry("USD", newest);
    }

    @Test
    void aCurrencyThatNoFeedMentionsAnyMoreKeepsItsLastGoodRate() {
        Rate peso = stale("1650", "ecb", NOW.minus(Duration.ofDays(30)));
        held.hold("ecb", Map.of("USD", fresh("1.14", "ecb", NOW)), NOW);

        RateBook next = built(new RateBook(7, Map.of("ARS", peso)));

        assertThat(next.rates()).containsOnlyKeys("ARS", "USD").containsEntry("ARS", peso);
    }

    @Test
    void theBooksOwnFreshRateOfThePreferredFeedStaysWhileThatFeedHasNotAnsweredANewLeader() {
        Rate known = fresh("1.14", "coinbase", NOW.minusSeconds(30));
        held.hold("ecb", Map.of("USD", fresh("1.15", "ecb", NOW.minus(HOUR))), NOW);

        assertThat(builder.build(new RateBook(7, Map.of("USD", known)), held)).isEmpty();
    }

    @Test
    void aFeedThatConfirmsTheBundledRateMakesItFresh() {
        Instant asOf = NOW.minus(HOUR);
        Rate bundled = new Rate(new BigDecimal("1.14"), "ecb", asOf, asOf);
        Rate confirmed = fresh("1.14", "ecb", asOf);
        held.hold("ecb", Map.of("USD", confirmed), NOW);

        assertThat(built(new RateBook(1, Map.of("USD", bundled))).rates()).containsEntry("USD", confirmed);
    }

    @Test
    void aSimulatedRateMakesWayOnceNobodyAsksForSimulation() {
        Rate real = fresh("1.14", "ecb", NOW.minus(HOUR));
        held.hold("ecb", Map.of("USD", real), NOW);

        assertThat(built(new RateBook(1, Map.of("USD", fresh("1.2", "simulated", NOW))))
                        .rates())
                .containsEntry("USD", real);
    }

    @Test
    void theSameContentIsNoNewBook() {
        held.hold("ecb", Map.of("USD", fresh("1.14", "ecb", NOW)), NOW);
        RateBook first = built(RateBook.EMPTY);

        held.hold("ecb", Map.of("USD", fresh("1.14", "ecb", NOW)), NOW);

        assertThat(builder.build(first, held)).isEmpty();
    }

    @Test
    void anotherSpellingOfTheSameRateIsNewContentForDecimalsAreKept() {
        held.hold("ecb", Map.of("USD", fresh("1.14", "ecb", NOW)), NOW);
        RateBook first = built(RateBook.EMPTY);
        held.hold("ecb", Map.of("USD", fresh("1.140", "ecb", NOW)), NOW);

        assertThat(builder.build(first, held)).isPresent();
    }

    @Test
    void theVersionIsTheClock() {
        held.hold("ecb", Map.of("USD", fresh("1.14", "ecb", NOW)), NOW);

        assertThat(built(new RateBook(7, Map.of())).version()).isEqualTo(NOW.toEpochMilli());
    }

    @Test
    void theVersionGrowsWhenTheClockDoesNot() {
        long ahead = NOW.toEpochMilli() + 1_000_000;
        held.hold("ecb", Map.of("USD", fresh("1.14", "ecb", NOW)), NOW);

        assertThat(built(new RateBook(ahead, Map.of())).version()).isEqualTo(ahead + 1);
    }

    @Test
    void theSameBookAgainHasTheNextVersion() {
        RateBook book = new RateBook(7, Map.of("USD", stale("1.14", "ecb", NOW.minus(HOUR))));

        assertThat(builder.again(book).sameContent(book)).isTrue();
        assertThat(builder.again(book).version()).isEqualTo(NOW.toEpochMilli());
    }

    @Test
    void anAnswerThatShrankErasesNothing() {
        held.hold("ecb", Map.of("USD", fresh("1.14", "ecb", NOW), "JPY", fresh("185", "ecb", NOW)), NOW);
        RateBook first = built(RateBook.EMPTY);
        held.hold("ecb", Map.of("USD", fresh("1.15", "ecb", NOW)), NOW);

        assertThat(built(first).rates()).containsOnlyKeys("JPY", "USD");
    }

    @Test
    void aRateThatIsHeldBackLeavesTheLastOneInPlaceAndIsNamed() {
        Rate good = fresh("1.14", "coinbase", NOW.minusSeconds(30));
        RateBook last = new RateBook(7, Map.of("USD", good));
        held.hold("coinbase", Map.of("USD", fresh("2.28", "coinbase", NOW)), NOW);

        assertThat(builder.build(last, held)).isEmpty();
        assertThat(builder.heldBack("coinbase", last, held)).containsExactly(entry("USD", RejectionReason.JUMP));
        assertThat(builder.heldBack("ecb", last, held)).isEmpty();
    }

    @Test
    void aCurrencyThatNobodyCouldCheckYetIsNotInTheBook() {
        LatestQuotes early = new LatestQuotes(new JumpLimit(RateLimits.DEFAULT.maxJump()));
        early.hold("coinbase", Map.of("MNT", fresh("3.9", "coinbase", NOW)), NOW);

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
