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
    void theSamePairsInAnotherOrderAreTheSameFilter() {
        assertThat(PairFilter.parse("USD/JPY,eur/usd,USD/JPY", BOOK, 3))
                .isEqualTo(PairFilter.parse("EUR/USD,USD/JPY", BOOK, 3))
                .isPresent();
    }

    @Test
    void oneWayRoundIsNotTheOther() {
        assertThat(PairFilter.parse("EUR/USD", BOOK, 3)).isNotEqualTo(PairFilter.parse("USD/EUR", BOOK, 3));
    }

    @Test
    void noPairsMeansEveryCurrencyOfTheBookAgainstTheEuro() {
        assertThat(PairFilter.ALL.in(BOOK))
                .containsExactly(
                        new CurrencyPair("EUR", "GBP"), new CurrencyPair("EUR", "JPY"), new CurrencyPair("EUR", "USD"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ",", "EUR", "EURUSD", "EUR/USD/", "EUR/USD ", "EUR/RUB", "EUR/TRL", "EUR/XXY", "USD/USD"})
    void whatNothingWouldEverBeHeardOfIsRefused(String pairs) {
        assertThat(PairFilter.parse(pairs, BOOK, 3)).isEmpty();
    }

    @Test
    void aCurrencyThatTheLawPutsAtARateHasOne() {
        assertThat(PairFilter.parse("DEM/USD,EUR/HRK", BOOK, 3)).isPresent();
    }

    @Test
    void morePairsThanAllowedAreRefusedBeforeAnyIsLookedAt() {
        assertThat(PairFilter.parse("EUR/USD,EUR/JPY,EUR/GBP,USD/JPY", BOOK, 3)).isEmpty();
        assertThat(PairFilter.parse("EUR/USD,EUR/JPY,EUR/GBP", BOOK, 3)).isPresent();
    }
}
