package io.ratemesh.rates.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.ratemesh.node.book.QuoteRejections;
import io.ratemesh.rates.book.QuoteValidator.CheckedQuotes;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RejectionLogTest {

    private static final Instant NOW = Instant.parse("2026-07-07T14:05:00Z");

    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final RejectionLog log = new RejectionLog(clock);

    @Test
    void a_good_response_is_not_logged() {
        assertThat(log.add("ecb", checked(Map.of()), Map.of())).isEmpty();
        assertThat(rejections()).isEqualTo(QuoteRejections.NONE);
    }

    @Test
    void rejections_are_counted_and_the_last_is_kept_after_a_good_response() {
        log.add("ecb", checked(Map.of(RejectionReason.OLDER, 29)), Map.of());
        log.add("ecb", checked(Map.of(RejectionReason.OLDER, 29)), Map.of("TRY", RejectionReason.JUMP));
        log.add("ecb", checked(Map.of()), Map.of());

        assertThat(rejections().refused()).containsOnly(entry("older", 58L), entry("jump", 1L));
        assertThat(rejections().last()).contains(new QuoteRejections.LastRefusal(NOW, "older 29; jump TRY"));
    }

    @Test
    void a_rejection_is_reported_once_and_again_when_it_changes() {
        assertThat(log.add("ecb", checked(Map.of(RejectionReason.SIGN, 1)), Map.of()))
                .contains("sign 1");
        assertThat(log.add("ecb", checked(Map.of(RejectionReason.SIGN, 1)), Map.of()))
                .isEmpty();
        assertThat(log.add("ecb", checked(Map.of(RejectionReason.SIGN, 2)), Map.of()))
                .contains("sign 2");
        assertThat(log.add("ecb", checked(Map.of()), Map.of())).isEmpty();
        assertThat(log.add("ecb", checked(Map.of(RejectionReason.SIGN, 2)), Map.of()))
                .contains("sign 2");
    }

    @Test
    void a_response_rejected_as_a_whole_has_its_reason() {
        CheckedQuotes whole =
                new CheckedQuotes(Map.of(), Map.of(RejectionReason.BASE, 29), Optional.of("29 of 29 jumped"));

        assertThat(log.add("ecb", whole, Map.of())).contains("29 of 29 jumped (base 29)");
    }

    @Test
    void more_than_ten_currencies_are_counted() {
        Map<String, RejectionReason> heldBack = new TreeMap<>();
        for (char letter = 'A'; letter <= 'L'; letter++) {
            heldBack.put("XX" + letter, RejectionReason.UNCONFIRMED);
        }

        assertThat(log.add("ecb", checked(Map.of()), heldBack))
                .contains("unconfirmed XXA, XXB, XXC, XXD, XXE, XXF, XXG, XXH, XXI, XXJ and 2 more");
    }

    private QuoteRejections rejections() {
        return log.of("ecb", Map.of());
    }

    private static CheckedQuotes checked(Map<RejectionReason, Integer> rejected) {
        return new CheckedQuotes(Map.of(), rejected, Optional.empty());
    }
}
