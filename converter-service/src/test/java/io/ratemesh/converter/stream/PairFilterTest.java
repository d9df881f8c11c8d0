package io.ratemesh.converter.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.converter.TestBooks;
import io.ratemesh.model.CurrencyPair;
import io.ratemesh.model.RateBook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairFilterTest {

    private static final RateBook BOOK = TestBooks.example().version(1);

    @Test
    void the_same_pairs_in_another_order_are_the_same_filter() {
        assertThat(PairFilter.parse("USD/JPY,eur/usd,USD/JPY", BOOK, 3))
                .isEqualTo(PairFilter.parse("EUR/USD,USD/JPY", BOOK, 3))
                .isPresent();
    }

    @Test
    void the_direction_of_a_pair_matters() {
        assertThat(PairFilter.parse("EUR/USD", BOOK, 3)).isNotEqualTo(PairFilter.parse("USD/EUR", BOOK, 3));
    }

    @Test
    void no_pairs_means_every_currency_of_the_book_against_the_euro() {
        assertThat(PairFilter.ALL.in(BOOK))
                .containsExactly(
                        new CurrencyPair("EUR", "GBP"), new CurrencyPair("EUR", "JPY"), new CurrencyPair("EUR", "USD"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ",", "EUR", "EURUSD", "EUR/USD/", "EUR/USD ", "EUR/RUB", "EUR/TRL", "EUR/XXY", "USD/USD"})
    void a_pair_without_a_rate_is_rejected(String pairs) {
        assertThat(PairFilter.parse(pairs, BOOK, 3)).isEmpty();
    }

    @Test
    void a_currency_with_a_legal_rate_is_valid() {
        assertThat(PairFilter.parse("DEM/USD,EUR/HRK", BOOK, 3)).isPresent();
    }

    @Test
    void too_many_pairs_are_rejected_before_any_is_parsed() {
        assertThat(PairFilter.parse("EUR/USD,EUR/JPY,EUR/GBP,USD/JPY", BOOK, 3)).isEmpty();
        assertThat(PairFilter.parse("EUR/USD,EUR/JPY,EUR/GBP", BOOK, 3)).isPresent();
    }
}
