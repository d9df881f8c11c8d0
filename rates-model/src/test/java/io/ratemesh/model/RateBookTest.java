package io.ratemesh.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateBookTest {

    private static final Instant T = Instant.parse("2026-07-06T14:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "0, 1783346400000, 1783346400000",
        "1783346399999, 1783346400000, 1783346400000",
        "1783346400000, 1783346400000, 1783346400001",
        "1783346500000, 1783346400000, 1783346500001",
        "7, 0, 8",
        "7, -1, 8"
    })
    void a_version_is_the_clock_and_increases_if_the_clock_does_not(long previous, long clock, long expected) {
        assertThat(RateBook.nextVersion(previous, clock)).isEqualTo(expected);
    }

    @Test
    void the_euro_has_no_rate_because_it_is_the_base() {
        Map<String, Rate> rates = Map.of("EUR", rate("1"));

        assertThatThrownBy(() -> new RateBook(1, rates)).isInstanceOf(IllegalArgumentException.class);
        assertThat(RateBook.EMPTY.covers("EUR")).isTrue();
        assertThat(RateBook.EMPTY.rate("EUR")).isEmpty();
    }

    @Test
    void a_version_below_zero_is_rejected() {
        assertThatThrownBy(() -> new RateBook(-1, Map.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_book_does_not_change_with_the_map_it_was_made_of() {
        Map<String, Rate> rates = new HashMap<>(Map.of("USD", rate("1.1")));
        RateBook book = new RateBook(1, rates);
        rates.put("JPY", rate("185"));

        assertThat(book.rates()).containsOnlyKeys("USD");
        assertThatThrownBy(() -> book.rates().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void rates_come_in_the_order_of_their_codes() {
        RateBook book = new RateBook(1, Map.of("USD", rate("1"), "AUD", rate("2"), "JPY", rate("3")));

        assertThat(book.rates().keySet()).containsExactly("AUD", "JPY", "USD");
    }

    @Test
    void the_same_content_under_another_version_is_the_same_content() {
        RateBook book = new RateBook(1, Map.of("USD", rate("1.1")));

        assertThat(book.sameContent(new RateBook(2, Map.of("USD", rate("1.1")))))
                .isTrue();
        assertThat(book.sameContent(new RateBook(1, Map.of("USD", rate("1.2")))))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "0.000", "-0.1"})
    void a_rate_is_above_zero(String perEuro) {
        assertThatThrownBy(() -> rate(perEuro)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two words", "line\nend", "tab\tbed"})
    void a_source_is_one_word(String source) {
        assertThatThrownBy(() -> new Rate(BigDecimal.ONE, source, T, T)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_rate_is_stale_from_its_time_on() {
        Rate rate = new Rate(BigDecimal.ONE, "ecb", T, T.plusSeconds(10));

        assertThat(rate.stale(T.plusSeconds(10).minusNanos(1))).isFalse();
        assertThat(rate.stale(T.plusSeconds(10))).isTrue();
    }

    private static Rate rate(String perEuro) {
        return new Rate(new BigDecimal(perEuro), "ecb", T, T);
    }
}
