package io.ratemesh.rates.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import io.ratemesh.node.settings.RateLimits;
import io.ratemesh.rates.book.QuoteValidator.Checked;
import io.ratemesh.rates.feed.EcbFeed;
import io.ratemesh.rates.feed.FeedQuote;
import io.ratemesh.rates.feed.FeedResponse;
import io.ratemesh.rates.feed.SimulatedFeed;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuoteValidatorTest {

    private static final Instant NOW = Instant.parse("2026-07-06T14:10:00Z");
    private static final Instant TODAY = Instant.parse("2026-07-06T14:00:00Z");
    private static final Instant FRIDAY = Instant.parse("2026-07-03T14:00:00Z");

    private final EcbFeed ecb = new EcbFeed(URI.create("http://127.0.0.1/"), Duration.ofMinutes(10));
    private final QuoteValidator check = new QuoteValidator(RateLimits.DEFAULT, Clock.fixed(NOW, ZoneOffset.UTC));
    private final LatestQuotes held = new LatestQuotes(new JumpLimit(RateLimits.DEFAULT.maxJump()));

    @Test
    void aGoodQuoteBecomesARateWithSourceTimeAndTheFeedsOwnIdeaOfStale() {
        Checked checked = check(RateBook.EMPTY, quote("USD", "1.1415"));

        assertThat(checked.rates())
                .containsExactly(entry(
                        "USD",
                        new Rate(new BigDecimal("1.1415"), "ecb", TODAY, Instant.parse("2026-07-07T16:00:00Z"))));
        assertThat(checked.refused()).isEmpty();
        assertThat(checked.whole()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"EUR", "BTC", "usd", "DEM", "BGN", "ZWL", "", "US", "DOGE"})
    void whatIsNoCurrencyOfTodayIsRefused(String code) {
        Checked checked = check(RateBook.EMPTY, quote(code, "1.5"), quote("USD", "1.1"));

        assertThat(checked.rates()).containsOnlyKeys("USD");
        assertThat(checked.refused()).containsExactly(entry(RejectionReason.CURRENCY, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.000", "-1.1415"})
    void aRateOfZeroOrBelowIsRefused(String rate) {
        assertThat(check(RateBook.EMPTY, quote("USD", rate), quote("JPY", "185"))
                        .refused())
                .containsExactly(entry(RejectionReason.SIGN, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0000001", "100000001"})
    void aRateOfNoSaneMagnitudeIsRefused(String rate) {
        assertThat(check(RateBook.EMPTY, quote("USD", rate), quote("JPY", "185"))
                        .refused())
                .containsExactly(entry(RejectionReason.MAGNITUDE, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.000243", "1950000.5"})
    void goldAndTheRialAreSane(String rate) {
        assertThat(check(RateBook.EMPTY, quote("XAU", rate)).refused()).isEmpty();
    }

    @Test
    void aDayToComeIsRefusedButTodaysFourOClockIsNotEvenMinutesBefore() {
        FeedQuote early = new FeedQuote("USD", BigDecimal.ONE, NOW.plus(Duration.ofMinutes(20)));
        FeedQuote nextWeek = new FeedQuote("JPY", BigDecimal.ONE, NOW.plus(Duration.ofDays(7)));

        Checked checked = check(RateBook.EMPTY, early, nextWeek);

        assertThat(checked.rates()).containsOnlyKeys("USD");
        assertThat(checked.refused()).containsExactly(entry(RejectionReason.FUTURE, 1));
    }

    @Test
    void twoRatesOfOneCurrencyAreBothRefused() {
        Checked checked = check(RateBook.EMPTY, quote("USD", "1.1"), quote("JPY", "185"), quote("USD", "1.2"));

        assertThat(checked.rates()).containsOnlyKeys("JPY");
        assertThat(checked.refused()).containsExactly(entry(RejectionReason.AMBIGUOUS, 1));
    }

    @Test
    void theSameRateTwiceIsNoContradiction() {
        assertThat(check(RateBook.EMPTY, quote("USD", "1.10"), quote("USD", "1.1"))
                        .rates())
                .containsOnlyKeys("USD");
    }

    @Test
    void anAnswerWithoutOneUsableRateIsRefusedWhole() {
        assertThat(check(RateBook.EMPTY, quote("BTC", "1.1"), quote("USD", "-1"))
                        .whole())
                .isPresent();
        assertThat(check(RateBook.EMPTY).whole()).isPresent();
    }

    @Test
    void ratesThatWereNoNumbersAreCounted() {
        Checked checked = check.check(ecb, new FeedResponse(List.of(quote("USD", "1.1")), 3), held, RateBook.EMPTY);

        assertThat(checked.refused()).containsExactly(entry(RejectionReason.UNREADABLE, 3));
    }

    @Test
    void anAnswerOlderThanTheOneHeldIsIgnored() {
        held.hold("ecb", check(RateBook.EMPTY, quote("USD", "1.1415")).rates(), NOW);

        Checked checked = check(RateBook.EMPTY, new FeedQuote("USD", new BigDecimal("1.14"), FRIDAY));

        assertThat(checked.rates()).isEmpty();
        assertThat(checked.refused()).containsExactly(entry(RejectionReason.OLDER, 1));
        assertThat(checked.whole()).isEmpty();
    }

    @Test
    void anAnswerOlderThanTheBooksIsIgnoredByALeaderThatHoldsNoneYet() {
        RateBook book = book(Map.of("USD", "1.1415"), "ecb", TODAY);

        assertThat(check(book, new FeedQuote("USD", new BigDecimal("1.14"), FRIDAY))
                        .refused())
                .containsExactly(entry(RejectionReason.OLDER, 1));
    }

    @Test
    void anotherFeedsNewerRateDoesNotMakeThisAnswerOld() {
        RateBook book = book(Map.of("USD", "1.1415"), "coinbase", NOW);

        assertThat(check(book, quote("USD", "1.14")).rates()).containsOnlyKeys("USD");
    }

    @Test
    void aCorrectionOfTheSameDayIsBelieved() {
        held.hold("ecb", check(RateBook.EMPTY, quote("USD", "1.1415")).rates(), NOW);

        assertThat(check(RateBook.EMPTY, quote("USD", "1.1416")).rates()).containsOnlyKeys("USD");
    }

    @Test
    void anAnswerAgainstAnotherBaseIsRefusedWhole() {
        RateBook book = BundledBook.read();
        BigDecimal dollar = book.rate("USD").orElseThrow().perEuro();
        List<FeedQuote> againstTheDollar = new ArrayList<>();
        book.rates()
                .forEach((code, rate) -> againstTheDollar.add(
                        new FeedQuote(code, rate.perEuro().multiply(dollar).multiply(dollar), TODAY)));

        Checked checked = check.check(ecb, new FeedResponse(againstTheDollar, 0), held, book);

        assertThat(checked.rates()).isEmpty();
        assertThat(checked.whole()).contains("29 of 29 currencies jumped by more than 20%: another base?");
        assertThat(checked.refused()).containsEntry(RejectionReason.BASE, 29);
    }

    @Test
    void anInvertedAnswerIsRefusedWhole() {
        RateBook book = book(Map.of("USD", "1.14", "JPY", "185", "GBP", "0.85538", "CHF", "0.92"), "ecb", FRIDAY);

        Checked checked = check(
                book, quote("USD", "0.877"), quote("JPY", "0.0054"), quote("GBP", "1.169"), quote("CHF", "1.087"));

        assertThat(checked.whole()).isPresent();
    }

    @Test
    void oneCurrencyThatFallsIsNoOtherBase() {
        RateBook book = book(Map.of("USD", "1.14", "JPY", "185", "TRY", "53"), "ecb", FRIDAY);

        Checked checked = check(book, quote("USD", "1.15"), quote("JPY", "184"), quote("TRY", "90"));

        assertThat(checked.rates()).containsOnlyKeys("USD", "JPY", "TRY");
    }

    @Test
    void oneCurrencyAloneIsNoBaseHoweverFarItIs() {
        RateBook book = book(Map.of("USD", "1.00"), "ecb", FRIDAY);

        assertThat(check(book, quote("USD", "100")).whole()).isEmpty();
    }

    @Test
    void anotherBaseIsSeenAgainstTheRatesOfAnyFeedHoweverOld() {
        Map<String, String> far = Map.of("USD", "114", "JPY", "18500");
        FeedQuote[] quotes = {quote("USD", "1.14"), quote("JPY", "185")};

        assertThat(check(book(far, "coinbase", FRIDAY), quotes).whole()).isPresent();
        assertThat(check(book(far, "ecb", NOW.minus(Duration.ofDays(3000))), quotes)
                        .whole())
                .isPresent();
    }

    @Test
    void whatIsOldHasHadTimeToMove() {
        Map<String, String> before = Map.of("USD", "1.14", "JPY", "185");
        FeedQuote[] quotes = {quote("USD", "1.60"), quote("JPY", "260")};

        assertThat(check(book(before, "ecb", FRIDAY), quotes).whole()).isPresent();
        assertThat(check(book(before, "ecb", NOW.minus(Duration.ofDays(3 * 365))), quotes)
                        .whole())
                .isEmpty();
    }

    @Test
    void anAnswerThatShrankIsTakenForWhatItHasAndWhatItLacksIsCounted() {
        RateBook book = BundledBook.read();
        BigDecimal dollar = book.rate("USD").orElseThrow().perEuro();

        Checked checked = check(book, quote("USD", dollar.toPlainString()));

        assertThat(checked.rates()).containsOnlyKeys("USD");
        assertThat(checked.refused()).containsExactly(entry(RejectionReason.SHRUNKEN, 28));
        assertThat(checked.whole()).isEmpty();
    }

    @Test
    void aStepThatMovesFewCurrenciesHasNotShrunk() {
        SimulatedFeed walk = new SimulatedFeed(Duration.ofSeconds(1), new SplittableRandom(1));
        RateBook book = BundledBook.read();
        walk.step(book, NOW.minusSeconds(1));
        held.hold("simulated", book.rates(), NOW.minusSeconds(1));

        Checked checked = check.check(walk, walk.step(book, NOW), held, book);

        assertThat(checked.refused()).isEmpty();
    }

    @Test
    void anAnswerWithJustTheLeastShareIsNotShrunken() {
        Map<String, Rate> ten = new HashMap<>();
        List.of("USD", "JPY", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF")
                .forEach(code -> ten.put(code, new Rate(BigDecimal.ONE, "ecb", FRIDAY, TODAY)));
        held.hold("ecb", ten, NOW);
        List<FeedQuote> six =
                ten.keySet().stream().limit(6).map(code -> quote(code, "1")).toList();

        assertThat(check.check(ecb, new FeedResponse(six, 0), held, RateBook.EMPTY)
                        .refused())
                .isEmpty();
        assertThat(check.check(ecb, new FeedResponse(six.subList(0, 5), 0), held, RateBook.EMPTY)
                        .refused())
                .containsExactly(entry(RejectionReason.SHRUNKEN, 5));
    }

    private Checked check(RateBook last, FeedQuote... quotes) {
        return check.check(ecb, new FeedResponse(List.of(quotes), 0), held, last);
    }

    private static FeedQuote quote(String code, String rate) {
        return new FeedQuote(code, new BigDecimal(rate), TODAY);
    }

    private static RateBook book(Map<String, String> perEuro, String source, Instant asOf) {
        Map<String, Rate> rates = new HashMap<>();
        perEuro.forEach((code, rate) ->
                rates.put(code, new Rate(new BigDecimal(rate), source, asOf, asOf.plus(Duration.ofDays(1)))));
        return new RateBook(1, rates);
    }
}
