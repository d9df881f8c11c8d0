package io.ratemesh.rates.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.ratemesh.model.Rate;
import io.ratemesh.rates.book.QuoteConsensus.Decision;
import io.ratemesh.rates.feed.CoinbaseFeed;
import io.ratemesh.rates.feed.CurrencyApiFeed;
import io.ratemesh.rates.feed.EcbFeed;
import io.ratemesh.rates.feed.Feed;
import io.ratemesh.rates.feed.FrankfurterFeed;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QuoteConsensusTest {

    private static final Instant NOW = Instant.parse("2026-07-06T15:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration CONFIRM_AFTER = Duration.ofMinutes(30);
    private static final URI NOWHERE = URI.create("http://127.0.0.1/");
    private static final List<Feed> FEEDS = List.of(
            new CoinbaseFeed(NOWHERE, HOUR, Clock.systemUTC()),
            new EcbFeed(NOWHERE, HOUR),
            new FrankfurterFeed(NOWHERE, HOUR),
            new CurrencyApiFeed(NOWHERE, List.of(), HOUR));

    private final JumpLimit limit = new JumpLimit(new BigDecimal("0.20"));
    private final QuoteConsensus consensus = new QuoteConsensus(FEEDS, limit, CONFIRM_AFTER);
    private final LatestQuotes quotes = new LatestQuotes(limit);
    private Optional<Rate> last = Optional.of(rate("100", "coinbase"));

    @Test
    void quotes_without_a_jump_are_accepted_in_the_order_of_the_feeds() {
        quote("ecb", "101");
        quote("coinbase", "102");

        assertThat(decide().accepted()).extracting(Rate::source).containsExactly("coinbase", "ecb");
        assertThat(decide().heldBack()).isEmpty();
    }

    @Test
    void a_jump_of_one_feed_is_held_back() {
        quote("coinbase", "150");

        assertThat(decide().accepted()).isEmpty();
        assertThat(decide().heldBack()).containsExactly(entry("coinbase", RejectionReason.JUMP));
    }

    @Test
    void a_jump_confirmed_by_an_independent_feed_is_accepted() {
        quote("coinbase", "150");
        quote("currency-api", "155");

        assertThat(decide().accepted()).extracting(Rate::source).containsExactly("coinbase", "currency-api");
    }

    @Test
    void two_feeds_of_one_origin_do_not_confirm_each_other() {
        quote("ecb", "150");
        quote("frankfurter", "150");

        assertThat(decide().heldBack()).containsOnlyKeys("ecb", "frankfurter").containsValue(RejectionReason.JUMP);
    }

    @Test
    void a_stale_quote_confirms_nothing() {
        quote("coinbase", "150");
        quotes.put("ecb", Map.of("TRY", new Rate(new BigDecimal("150"), "ecb", NOW.minus(HOUR), NOW)), NOW);

        assertThat(decide().heldBack()).containsEntry("coinbase", RejectionReason.JUMP);
    }

    @Test
    void a_simulated_quote_confirms_nothing() {
        quote("coinbase", "150");
        quote("simulated", "150");

        assertThat(decide().heldBack()).containsEntry("coinbase", RejectionReason.JUMP);
    }

    @Test
    void a_jump_repeated_by_its_feed_is_accepted_after_a_while() {
        quoteAt("coinbase", "150", NOW);
        quoteAt("coinbase", "151", NOW.plus(CONFIRM_AFTER).minusSeconds(1));
        assertThat(decide().heldBack()).containsEntry("coinbase", RejectionReason.JUMP);

        quoteAt("coinbase", "152", NOW.plus(CONFIRM_AFTER));
        assertThat(decide().accepted()).hasSize(1);
    }

    @Test
    void a_feed_without_changes_repeats_its_quotes() {
        quoteAt("coinbase", "150", NOW);
        quotes.confirm("coinbase", NOW.plus(CONFIRM_AFTER));

        assertThat(decide().accepted()).hasSize(1);
    }

    @Test
    void a_feed_that_fails_does_not_repeat_its_quotes() {
        quoteAt("coinbase", "150", NOW);
        quotes.markPolled("coinbase");

        assertThat(consensus
                        .decide("TRY", last, quotes, NOW.plus(CONFIRM_AFTER.multipliedBy(2)))
                        .heldBack())
                .containsEntry("coinbase", RejectionReason.JUMP);
    }

    @Test
    void a_feed_that_changes_its_quote_starts_again() {
        quoteAt("coinbase", "150", NOW);
        quoteAt("coinbase", "100", NOW.plusSeconds(60));
        quoteAt("coinbase", "150", NOW.plus(CONFIRM_AFTER));

        assertThat(decide().heldBack()).containsEntry("coinbase", RejectionReason.JUMP);
    }

    @Test
    void a_hundredfold_is_never_accepted_by_repetition() {
        quoteAt("coinbase", "10000", NOW);
        quoteAt("coinbase", "10000", NOW.plus(CONFIRM_AFTER.multipliedBy(100)));

        assertThat(decide().heldBack()).containsEntry("coinbase", RejectionReason.JUMP);
    }

    @Test
    void two_feeds_that_agree_outvote_one_that_repeats() {
        quoteAt("coinbase", "250", NOW);
        quoteAt("coinbase", "250", NOW.plus(CONFIRM_AFTER));
        quote("ecb", "100");
        quote("currency-api", "101");

        assertThat(decide().heldBack()).containsExactly(entry("coinbase", RejectionReason.OUTVOTED));
    }

    @Test
    void two_feeds_of_one_origin_outvote_none() {
        quote("coinbase", "101");
        quote("ecb", "250");
        quote("frankfurter", "250");

        assertThat(decide().accepted()).extracting(Rate::source).containsExactly("coinbase");
    }

    @Test
    void a_token_with_the_code_of_a_currency_is_outvoted_even_if_the_book_has_it() {
        last = Optional.of(rate("3.9", "coinbase"));
        quote("coinbase", "3.9");
        quote("ecb", "4100");
        quote("currency-api", "4120");

        Decision decision = decide();

        assertThat(decision.accepted()).extracting(Rate::source).containsExactly("ecb", "currency-api");
        assertThat(decision.heldBack()).containsExactly(entry("coinbase", RejectionReason.OUTVOTED));
        assertThat(decision.lastOutvoted()).isTrue();
    }

    @Test
    void a_new_currency_is_accepted_once_every_feed_was_polled_and_none_contradicts() {
        last = Optional.empty();
        quote("coinbase", "4100");
        assertThat(decide().heldBack()).containsEntry("coinbase", RejectionReason.UNCONFIRMED);

        quotes.markPolled("ecb");
        quotes.markPolled("frankfurter");
        assertThat(decide().heldBack()).containsEntry("coinbase", RejectionReason.UNCONFIRMED);

        quotes.markPolled("currency-api");
        assertThat(decide().accepted()).hasSize(1);
    }

    @Test
    void a_new_currency_confirmed_by_another_feed_is_accepted_at_once() {
        last = Optional.empty();
        quote("coinbase", "4100");
        quote("currency-api", "4120");

        assertThat(decide().accepted()).hasSize(2);
    }

    @Test
    void a_new_currency_with_contradicting_quotes_has_no_rate_however_often_they_are_repeated() {
        last = Optional.empty();
        for (Instant at : List.of(NOW, NOW.plus(CONFIRM_AFTER.multipliedBy(2)))) {
            quoteAt("coinbase", "3.9", at);
            quoteAt("currency-api", "4100", at);
        }
        quotes.markPolled("ecb");
        quotes.markPolled("frankfurter");

        assertThat(decide().accepted()).isEmpty();
        assertThat(decide().heldBack().values()).containsOnly(RejectionReason.UNCONFIRMED);
    }

    @Test
    void a_market_rate_is_not_compared_with_a_simulated_one() {
        last = Optional.of(rate("300", Rate.SIMULATED));
        FEEDS.forEach(feed -> quotes.markPolled(feed.name()));
        quote("coinbase", "100");

        assertThat(decide().accepted()).hasSize(1);
    }

    private Decision decide() {
        return consensus.decide("TRY", last, quotes, NOW);
    }

    private void quote(String feed, String perEuro) {
        quoteAt(feed, perEuro, NOW);
    }

    private void quoteAt(String feed, String perEuro, Instant at) {
        quotes.put(feed, Map.of("TRY", rate(perEuro, feed)), at);
    }

    private static Rate rate(String perEuro, String source) {
        return new Rate(new BigDecimal(perEuro), source, NOW.minusSeconds(60), NOW.plus(HOUR));
    }
}
