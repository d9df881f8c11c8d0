package io.ratemesh.rates.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StaleTimesTest {

    private static final Instant T = Instant.parse("2026-07-06T14:00:00Z");

    private final RateBook book =
            new RateBook(T.toEpochMilli(), Map.of("USD", until(T.plusSeconds(60)), "JPY", until(T.plusSeconds(90))));

    @Test
    void the_first_to_turn_stale_is_next() {
        assertThat(StaleTimes.next(book, T)).contains(T.plusSeconds(60));
    }

    @Test
    void an_expiry_before_the_publication_is_not_next() {
        assertThat(StaleTimes.next(book, T.plusSeconds(60))).contains(T.plusSeconds(90));
        assertThat(StaleTimes.next(book, T.plusSeconds(90))).isEmpty();
    }

    @Test
    void an_empty_book_never_turns_stale() {
        assertThat(StaleTimes.next(RateBook.EMPTY, T)).isEmpty();
    }

    @Test
    void the_publication_time_is_the_version_but_never_in_the_future() {
        assertThat(StaleTimes.publishedAt(book, T.plusSeconds(500))).isEqualTo(T);
        assertThat(StaleTimes.publishedAt(book, T.minusSeconds(5))).isEqualTo(T.minusSeconds(5));
    }

    private static Rate until(Instant staleAt) {
        return new Rate(BigDecimal.ONE, "ecb", T, staleAt);
    }
}
