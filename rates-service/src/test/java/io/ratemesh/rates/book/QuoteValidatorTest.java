package io.ratemesh.rates.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import io.ratemesh.node.settings.RateLimits;
import io.ratemesh.rates.book.QuoteValidator.CheckedQuotes;
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
    private final QuoteValidator validator = new QuoteValidator(RateLimits.DEFAULT, Clock.fixed(NOW, ZoneOffset.UTC));
    private final LatestQuotes latest = new LatestQuotes(new JumpLimit(RateLimits.DEFAULT.maxJump()));

    @Test
    void a_valid_quote_becomes_a_rate_with_source_time_and_the_expiry_of_its_feed() {
        CheckedQuotes checked = check(RateBook.EMPTY, quote("USD", "1.1415"));

        assertThat(checked.rates())
                .containsExactly(entry(
                        "USD",
                        new Rate(new BigDecimal("1.1415"), "ecb", TODAY, Instant.parse("2026-07-07T16:00:00Z"))));
        assertThat(checked.rejected()).isEmpty();
        assertThat(checked.rejection()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"EUR", "BTC", "usd", "DEM", "BGN", "ZWL", "", "US", "DOGE"})
    void a_code_that_is_not_in_use_is_rejected(String code) {
        CheckedQuotes checked = check(RateBook.EMPTY, quote(code, "1.5"), quote("USD", "1.1"));

        assertThat(checked.rates()).containsOnlyKeys("USD");
        assertThat(checked.rejected()).containsExactly(entry(RejectionReason.CURRENCY, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.000", "-1.1415"})
    void a_zero_or_negative_rate_is_rejected(String rate) {
        assertThat(check(RateBook.EMPTY, quote("USD", rate), quote("JPY", "185"))
                        .rejected())
                .containsExactly(entry(RejectionReason.SIGN, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0000001", "100000001"})
    void a_rate_out_of_range_is_rejected(String rate) {
        assertThat(check(RateBook.EMPTY, quote("USD", rate), quote("JPY", "185"))
                        .rejected())
                .containsExactly(entry(RejectionReason.MAGNITUDE, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.000243", "1950000.5"})
    void gold_and_the_rial_are_within_range(String rate) {
        assertThat(check(RateBook.EMPTY, quote("XAU", rate)).rejected()).isEmpty();
    }

    @Test
    void a_future_day_is_rejected_but_today_at_four_is_not_even_minutes_before() {
        FeedQuote early = new FeedQuote("USD", BigDecimal.ONE, NOW.plus(Duration.ofMinutes(20)));
        FeedQuote nextWeek = new FeedQuote("JPY", BigDecimal.ONE, NOW.plus(Duration.ofDays(7)));

        CheckedQuotes checked = check(RateBook.EMPTY, early, nextWeek);

        assertThat(checked.rates()).containsOnlyKeys("USD");
        assertThat(checked.rejected()).containsExactly(entry(RejectionReason.FUTURE, 1));
    }

    @Test
    void two_rates_of_one_currency_are_both_rejected() {
        CheckedQuotes checked = check(RateBook.EMPTY, quote("USD", "1.1"), quote("JPY", "185"), quote("USD", "1.2"));

        assertThat(checked.rates()).containsOnlyKeys("JPY");
        assertThat(checked.rejected()).containsExactly(entry(RejectionReason.AMBIGUOUS, 1));
    }

    @Test
    void the_same_rate_twice_is_accepted() {
        assertThat(check(RateBook.EMPTY, quote("USD", "1.10"), quote("USD", "1.1"))
                        .rates())
                .containsOnlyKeys("USD");
    }

    @Test
    void a_response_without_a_usable_rate_is_rejected() {
        assertThat(check(RateBook.EMPTY, quote("BTC", "1.1"), quote("USD", "-1"))
                        .rejection())
                .isPresent();
        assertThat(check(RateBook.EMPTY).rejection()).isPresent();
    }

    @Test
    void rates_that_are_not_numbers_are_counted() {
        CheckedQuotes checked =
                validator.check(ecb, new FeedResponse(List.of(quote("USD", "1.1")), 3), latest, RateBook.EMPTY);

        assertThat(checked.rejected()).containsExactly(entry(RejectionReason.UNREADABLE, 3));
    }

    @Test
    void a_response_older_than_the_last_one_is_ignored() {
        latest.put("ecb", check(RateBook.EMPTY, quote("USD", "1.1415")).rates(), NOW);

        CheckedQuotes checked = check(RateBook.EMPTY, new FeedQuote("USD", new BigDecimal("1.14"), FRIDAY));

        assertThat(checked.rates()).isEmpty();
        assertThat(checked.rejected()).containsExactly(entry(RejectionReason.OLDER, 1));
        assertThat(checked.rejection()).isEmpty();
    }

    @Test
    void a_response_older_than_the_book_is_ignored_by_a_new_leader() {
        RateBook book = book(Map.of("USD", "1.1415"), "ecb", TODAY);

        assertThat(check(book, new FeedQuote("USD", new BigDecimal("1.14"), FRIDAY))
                        .rejected())
                .containsExactly(entry(RejectionReason.OLDER, 1));
    }

    @Test
    void a_newer_rate_of_another_feed_does_not_make_a_response_old() {
        RateBook book = book(Map.of("USD", "1.1415"), "coinbase", NOW);

        assertThat(check(book, quote("USD", "1.14")).rates()).containsOnlyKeys("USD");
    }

    @Test
    void a_correction_of_the_same_day_is_accepted() {
        latest.put("ecb", check(RateBook.EMPTY, quote("USD", "1.1415")).rates(), NOW);

        assertThat(check(RateBook.EMPTY, quote("USD", "1.1416")).rates()).containsOnlyKeys("USD");
    }

    @Test
    void a_response_with_another_base_is_rejected() {
        RateBook book = BundledBook.read();
        BigDecimal dollar = book.rate("USD").orElseThrow().perEuro();
        List<FeedQuote> againstTheDollar = new ArrayList<>();
        book.rates()
                .forEach((code, rate) -> againstTheDollar.add(
                        new FeedQuote(code, rate.perEuro().multiply(dollar).multiply(dollar), TODAY)));

        CheckedQuotes checked = validator.check(ecb, new FeedResponse(againstTheDollar, 0), latest, book);

        assertThat(checked.rates()).isEmpty();
        assertThat(checked.rejection()).contains("29 of 29 currencies jumped by more than 20%: another base?");
        assertThat(checked.rejected()).containsEntry(RejectionReason.BASE, 29);
    }

    @Test
    void an_inverted_response_is_rejected() {
        RateBook book = book(Map.of("USD", "1.14", "JPY", "185", "GBP", "0.85538", "CHF", "0.92"), "ecb", FRIDAY);

        CheckedQuotes checked = check(
                book, quote("USD", "0.877"), quote("JPY", "0.0054"), quote("GBP", "1.169"), quote("CHF", "1.087"));

        assertThat(checked.rejection()).isPresent();
    }

    @Test
    void one_falling_currency_is_not_another_base() {
        RateBook book = book(Map.of("USD", "1.14", "JPY", "185", "TRY", "53"), "ecb", FRIDAY);

        CheckedQuotes checked = check(book, quote("USD", "1.15"), quote("JPY", "184"), quote("TRY", "90"));

        assertThat(checked.rates()).containsOnlyKeys("USD", "JPY", "TRY");
    }

    @Test
    void a_single_currency_does_not_show_another_base() {
        RateBook book = book(Map.of("USD", "1.00"), "ecb", FRIDAY);

        assertThat(check(book, quote("USD", "100")).rejection()).isEmpty();
    }

    @Test
    void another_base_is_detected_against_rates_of_any_feed_and_age() {
        Map<String, String> far = Map.of("USD", "114", "JPY", "18500");
        FeedQuote[] quotes = {quote("USD", "1.14"), quote("JPY", "185")};

        assertThat(check(book(far, "coinbase", FRIDAY), quotes).rejection()).isPresent();
        assertThat(check(book(far, "ecb", NOW.minus(Duration.ofDays(3000))), quotes)
                        .rejection())
                .isPresent();
    }

    @Test
    void old_rates_have_wider_bounds() {
        Map<String, String> before = Map.of("USD", "1.14", "JPY", "185");
        FeedQuote[] quotes = {quote("USD", "1.60"), quote("JPY", "260")};

        assertThat(check(book(before, "ecb", FRIDAY), quotes).rejection()).isPresent();
        assertThat(check(book(before, "ecb", NOW.minus(Duration.ofDays(3 * 365))), quotes)
                        .rejection())
                .isEmpty();
    }

    @Test
    void a_shrunken_response_is_used_and_its_missing_currencies_are_counted() {
        RateBook book = BundledBook.read();
        BigDecimal dollar = book.rate("USD").orElseThrow().perEuro();

        CheckedQuotes checked = check(book, quote("USD", dollar.toPlainString()));

        assertThat(checked.rates()).containsOnlyKeys("USD");
        assertThat(checked.rejected()).containsExactly(entry(RejectionReason.SHRUNKEN, 28));
        assertThat(checked.rejection()).isEmpty();
    }

    @Test
    void a_step_of_a_few_currencies_is_not_shrunken() {
        SimulatedFeed walk = new SimulatedFeed(Duration.ofSeconds(1), new SplittableRandom(1));
        RateBook book = BundledBook.read();
        walk.step(book, NOW.minusSeconds(1));
        latest.put("simulated", book.rates(), NOW.minusSeconds(1));

        CheckedQuotes checked = validator.check(walk, walk.step(book, NOW), latest, book);

        assertThat(checked.rejected()).isEmpty();
    }

    @Test
    void a_response_with_exactly_the_minimum_is_not_shrunken() {
        Map<String, Rate> ten = new HashMap<>();
        List.of("USD", "JPY", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF")
                .forEach(code -> ten.put(code, new Rate(BigDecimal.ONE, "ecb", FRIDAY, TODAY)));
        latest.put("ecb", ten, NOW);
        List<FeedQuote> six =
                ten.keySet().stream().limit(6).map(code -> quote(code, "1")).toList();

        assertThat(validator
                        .check(ecb, new FeedResponse(six, 0), latest, RateBook.EMPTY)
                        .rejected())
                .isEmpty();
        assertThat(validator
                        .check(ecb, new FeedResponse(six.subList(0, 5), 0), latest, RateBook.EMPTY)
                        .rejected())
                .containsExactly(entry(RejectionReason.SHRUNKEN, 5));
    }

    private CheckedQuotes check(RateBook last, FeedQuote... quotes) {
        return validator.check(ecb, new FeedResponse(List.of(quotes), 0), latest, last);
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
