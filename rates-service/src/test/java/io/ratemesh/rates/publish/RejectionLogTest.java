package io.ratemesh.rates.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.ratemesh.node.book.FeedStatusReport;
import io.ratemesh.node.book.QuoteRejections;
import io.ratemesh.node.settings.RateLimits;
import io.ratemesh.rates.book.BookRules;
import io.ratemesh.rates.book.BundledBook;
import io.ratemesh.rates.book.QuoteValidator.Checked;
import io.ratemesh.rates.book.RejectionReason;
import io.ratemesh.rates.feed.EcbDay;
import io.ratemesh.rates.feed.EcbDay.EcbRate;
import io.ratemesh.rates.feed.EcbFeed;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RejectionLogTest {

    private static final Instant NOW = Instant.parse("2026-07-07T14:05:00Z");

    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final EcbFeed ecb = new EcbFeed(URI.create("http://127.0.0.1/"), Duration.ofMinutes(10));
    private final LeaderBook book = new LeaderBook(BookRules.of(List.of(ecb), RateLimits.DEFAULT, clock), clock);
    private final RejectionLog ledger = new RejectionLog(book, clock);

    @Test
    void a_good_answer_leaves_no_trace() {
        assertThat(ledger.enter("ecb", checked(Map.of()), Map.of())).isEmpty();
        assertThat(doubts()).isEqualTo(QuoteRejections.NONE);
    }

    @Test
    void refusals_are_counted_and_the_last_is_named_also_after_the_feed_has_mended() {
        ledger.enter("ecb", checked(Map.of(RejectionReason.OLDER, 29)), Map.of());
        ledger.enter("ecb", checked(Map.of(RejectionReason.OLDER, 29)), Map.of("TRY", RejectionReason.JUMP));
        ledger.enter("ecb", checked(Map.of()), Map.of());

        assertThat(doubts().refused()).containsOnly(entry("older", 58L), entry("jump", 1L));
        assertThat(doubts().last()).contains(new QuoteRejections.LastRefusal(NOW, "older 29; jump TRY"));
    }

    @Test
    void operators_hear_of_a_doubt_once_and_again_when_it_is_another() {
        assertThat(ledger.enter("ecb", checked(Map.of(RejectionReason.SIGN, 1)), Map.of()))
                .contains("sign 1");
        assertThat(ledger.enter("ecb", checked(Map.of(RejectionReason.SIGN, 1)), Map.of()))
                .isEmpty();
        assertThat(ledger.enter("ecb", checked(Map.of(RejectionReason.SIGN, 2)), Map.of()))
                .contains("sign 2");
        assertThat(ledger.enter("ecb", checked(Map.of()), Map.of())).isEmpty();
        assertThat(ledger.enter("ecb", checked(Map.of(RejectionReason.SIGN, 2)), Map.of()))
                .contains("sign 2");
    }

    @Test
    void an_answer_refused_whole_says_why() {
        Checked whole = new Checked(Map.of(), Map.of(RejectionReason.BASE, 29), Optional.of("29 of 29 jumped"));

        assertThat(ledger.enter("ecb", whole, Map.of())).contains("29 of 29 jumped (base 29)");
    }

    @Test
    void more_than_ten_currencies_are_a_number() {
        Map<String, RejectionReason> held = new java.util.TreeMap<>();
        for (char letter = 'A'; letter <= 'L'; letter++) {
            held.put("XX" + letter, RejectionReason.UNCONFIRMED);
        }

        assertThat(ledger.enter("ecb", checked(Map.of()), held))
                .contains("unconfirmed XXA, XXB, XXC, XXD, XXE, XXF, XXG, XXH, XXI, XXJ and 2 more");
    }

    @Test
    void what_is_held_back_now_is_named_until_it_is_not_held_any_more() {
        book.goOnFrom(BundledBook.read());
        book.take(ecb, lira("2026-07-07", "90"));
        assertThat(doubts().held()).containsExactly(entry("TRY", "jump"));

        book.take(ecb, lira("2026-07-07", "53.5"));
        assertThat(doubts().held()).isEmpty();
    }

    private QuoteRejections doubts() {
        return ledger.with(new FeedStatusReport(
                        "ecb", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 29))
                .doubts();
    }

    private static Checked checked(Map<RejectionReason, Integer> refused) {
        return new Checked(Map.of(), refused, Optional.empty());
    }

    private static io.ratemesh.rates.feed.FeedResponse lira(String date, String perEuro) {
        return new EcbDay(LocalDate.parse(date), List.of(new EcbRate("TRY", new BigDecimal(perEuro))), 0).answer();
    }
}
