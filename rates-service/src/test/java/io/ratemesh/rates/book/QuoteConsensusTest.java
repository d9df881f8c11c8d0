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
    void what_is_no_jump_is_believed_of_every_feed_in_the_order_of_the_feeds() {
        says("ecb", "101");
        says("coinbase", "102");

        assertThat(judge().accepted()).extracting(Rate::source).containsExactly("coinbase", "ecb");
        assertThat(judge().heldBack()).isEmpty();
    }

    @Test
    void a_jump_of_one_feed_is_held_back() {
        says("coinbase", "150");

        assertThat(judge().accepted()).isEmpty();
        assertThat(judge().heldBack()).containsExactly(entry("coinbase", RejectionReason.JUMP));
    }

    @Test
    void a_jump_that_an_independent_feed_confirms_is_believed() {
        says("coinbase", "150");
        says("currency-api", "155");

        assertThat(judge().accepted()).extracting(Rate::source).containsExactly("coinbase", "currency-api");
    }

    @Test
    void two_feeds_of_one_origin_do_not_confirm_each_other() {
        says("ecb", "150");
        says("frankfurter", "150");

        assertThat(judge().heldBack()).containsOnlyKeys("ecb", "frankfurter").containsValue(RejectionReason.JUMP);
    }

    @Test
    void a_stale_quote_confirms_nothing() {
        says("coinbase", "150");
        quotes.put("ecb", Map.of("TRY", new Rate(new BigDecimal("150"), "ecb", NOW.minus(HOUR), NOW)), NOW);

        assertThat(judge().heldBack()).containsEntry("coinbase", RejectionReason.JUMP);
    }

    @Test
    void a_made_up_quote_confirms_nothing() {
        says("coinbase", "150");
        says("simulated", "150");

        assertThat(judge().heldBack()).containsEntry("coinbase", RejectionReason.JUMP);
    }

    @Test
    void a_jump_that_its_feed_keeps_saying_is_believed_after_a_while() {
        saysAt("coinbase", "150", NOW);
        saysAt("coinbase", "151", NOW.plus(CONFIRM_AFTER).minusSeconds(1));
        assertThat(judge().heldBack()).containsEntry("coinbase", RejectionReason.JUMP);

        saysAt("coinbase", "152", NOW.plus(CONFIRM_AFTER));
        assertThat(judge().accepted()).hasSize(1);
    }

    @Test
    void a_feed_that_says_nothing_has_changed_keeps_saying_so() {
        saysAt("coinbase", "150", NOW);
        quotes.confirm("coinbase", NOW.plus(CONFIRM_AFTER));

        assertThat(judge().accepted()).hasSize(1);
    }

    @Test
    void a_feed_that_fell_silent_does_not_keep_saying_so() {
        saysAt("coinbase", "150", NOW);
        quotes.markPolled("coinbase");

        assertThat(consensus
                        .decide("TRY", last, quotes, NOW.plus(CONFIRM_AFTER.multipliedBy(2)))
                        .heldBack())
                .containsEntry("coinbase", RejectionReason.JUMP);
    }

    @Test
    void a_feed_that_wavers_begins_anew() {
        saysAt("coinbase", "150", NOW);
        saysAt("coinbase", "100", NOW.plusSeconds(60));
        saysAt("coinbase", "150", NOW.plus(CONFIRM_AFTER));

        assertThat(judge().heldBack()).containsEntry("coinbase", RejectionReason.JUMP);
    }

    @Test
    void no_feed_makes_a_hundredfold_true_by_insisting() {
        saysAt("coinbase", "10000", NOW);
        saysAt("coinbase", "10000", NOW.plus(CONFIRM_AFTER.multipliedBy(100)));

        assertThat(judge().heldBack()).containsEntry("coinbase", RejectionReason.JUMP);
    }

    @Test
    void two_that_agree_outvote_one_that_insists() {
        saysAt("coinbase", "250", NOW);
        saysAt("coinbase", "250", NOW.plus(CONFIRM_AFTER));
        says("ecb", "100");
        says("currency-api", "101");

        assertThat(judge().heldBack()).containsExactly(entry("coinbase", RejectionReason.OUTVOTED));
    }

    @Test
    void two_of_one_origin_outvote_nobody() {
        says("coinbase", "101");
        says("ecb", "250");
        says("frankfurter", "250");

        assertThat(judge().accepted()).extracting(Rate::source).containsExactly("coinbase");
    }

    @Test
    void a_token_that_bears_a_currencys_code_is_outvoted_even_where_the_book_has_it_already() {
        last = Optional.of(rate("3.9", "coinbase"));
        says("coinbase", "3.9");
        says("ecb", "4100");
        says("currency-api", "4120");

        Decision decision = judge();

        assertThat(decision.accepted()).extracting(Rate::source).containsExactly("ecb", "currency-api");
        assertThat(decision.heldBack()).containsExactly(entry("coinbase", RejectionReason.OUTVOTED));
        assertThat(decision.lastOutvoted()).isTrue();
    }

    @Test
    void a_newcomer_is_believed_once_every_feed_was_asked_and_nobody_contradicts() {
        last = Optional.empty();
        says("coinbase", "4100");
        assertThat(judge().heldBack()).containsEntry("coinbase", RejectionReason.UNCONFIRMED);

        quotes.markPolled("ecb");
        quotes.markPolled("frankfurter");
        assertThat(judge().heldBack()).containsEntry("coinbase", RejectionReason.UNCONFIRMED);

        quotes.markPolled("currency-api");
        assertThat(judge().accepted()).hasSize(1);
    }

    @Test
    void a_newcomer_that_another_feed_confirms_need_not_wait_for_the_rest() {
        last = Optional.empty();
        says("coinbase", "4100");
        says("currency-api", "4120");

        assertThat(judge().accepted()).hasSize(2);
    }

    @Test
    void a_newcomer_of_which_two_feeds_say_other_things_has_no_rate_however_long_they_insist() {
        last = Optional.empty();
        for (Instant at : List.of(NOW, NOW.plus(CONFIRM_AFTER.multipliedBy(2)))) {
            saysAt("coinbase", "3.9", at);
            saysAt("currency-api", "4100", at);
        }
        quotes.markPolled("ecb");
        quotes.markPolled("frankfurter");

        assertThat(judge().accepted()).isEmpty();
        assertThat(judge().heldBack().values()).containsOnly(RejectionReason.UNCONFIRMED);
    }

    @Test
    void a_market_is_not_measured_against_a_walk() {
        last = Optional.of(rate("300", Rate.SIMULATED));
        FEEDS.forEach(feed -> quotes.markPolled(feed.name()));
        says("coinbase", "100");

        assertThat(judge().accepted()).hasSize(1);
    }

    private Decision judge() {
        return consensus.decide("TRY", last, quotes, NOW);
    }

    private void says(String feed, String perEuro) {
        saysAt(feed, perEuro, NOW);
    }

    private void saysAt(String feed, String perEuro, Instant at) {
        quotes.put(feed, Map.of("TRY", rate(perEuro, feed)), at);
    }

    private static Rate rate(String perEuro, String source) {
        return new Rate(new BigDecimal(perEuro), source, NOW.minusSeconds(60), NOW.plus(HOUR));
    }
}
