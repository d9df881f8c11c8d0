package io.ratemesh.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The examples of the design, and what a conversion says besides its result. */
class CrossRateTest {

    private static final Instant JULY = Instant.parse("2026-07-06T14:00:00Z");
    private static final Instant STALE_AT = Instant.parse("2026-07-07T16:00:00Z");

    private final RateBook book = book(Map.of("USD", "1.1415", "JPY", "185.31", "IDR", "20565.38"));

    @Test
    void aHugeAmountOfAWeakCurrencyIsExactToTheCent() {
        assertThat(convert(book, "148000000", "IDR", "USD", RoundingMode.HALF_EVEN))
                .isEqualTo("8214.87");
    }

    @Test
    void aTieGoesToTheEvenYenOrUpAsAsked() {
        RateBook yen = book(Map.of("JPY", "186.75"));

        assertThat(convert(yen, "6", "EUR", "JPY", RoundingMode.HALF_EVEN)).isEqualTo("1120");
        assertThat(convert(yen, "6", "EUR", "JPY", RoundingMode.HALF_UP)).isEqualTo("1121");
    }

    @Test
    void lessThanHalfACentIsZeroWithItsDecimals() {
        assertThat(convert(book, "0.01", "IDR", "USD", RoundingMode.HALF_EVEN)).isEqualTo("0.00");
    }

    @Test
    void theDocumentedConversionOfDollarsToYenHolds() {
        CrossRate usdJpy = cross(book, "USD", "JPY");

        assertThat(convert(book, "250.75", "USD", "JPY", RoundingMode.HALF_EVEN))
                .isEqualTo("40707");
        assertThat(usdJpy.rate()).isEqualTo(new BigDecimal("162.3390275952693823915900131406045"));
    }

    @Test
    void yenHaveNoDecimalsAndDinarsThree() {
        RateBook dinar = book(Map.of("KWD", "0.3512", "JPY", "185.31"));

        assertThat(convert(dinar, "1", "EUR", "KWD", RoundingMode.HALF_EVEN)).isEqualTo("0.351");
        assertThat(convert(dinar, "1", "KWD", "JPY", RoundingMode.HALF_EVEN)).isEqualTo("528");
    }

    @Test
    void aResultNeverGoesThroughTheRoundedCrossRate() {
        RateBook thirds = book(Map.of("USD", "3", "GBP", "1"));

        // One third of 3 × 10^29: through 34 digits of 0.333… it would end in nines.
        assertThat(convert(thirds, "3" + "0".repeat(29), "USD", "GBP", RoundingMode.DOWN))
                .isEqualTo("1" + "0".repeat(29) + ".00");
    }

    @Test
    void aRateIsShownWithoutZerosAtItsEndAndWithoutAnExponent() {
        RateBook round = book(Map.of("USD", "0.001", "JPY", "100.00"));

        assertThat(cross(round, "USD", "JPY").rate().toString()).isEqualTo("100000");
        assertThat(cross(round, "EUR", "JPY").rate().toString()).isEqualTo("100");
        assertThat(cross(round, "EUR", "EUR").rate().toString()).isEqualTo("1");
    }

    @Test
    void aFullResultHasThirtyFourDigits() {
        BigDecimal full = cross(book, "USD", "JPY").convertFully(BigDecimal.ONE, RoundingMode.HALF_EVEN);

        assertThat(full).isEqualTo(cross(book, "USD", "JPY").rate());
        assertThat(full.precision()).isEqualTo(34);
    }

    @Test
    void aFullResultRoundsAsAsked() {
        RateBook thirds = book(Map.of("USD", "3", "GBP", "2"));

        assertThat(cross(thirds, "USD", "GBP").convertFully(BigDecimal.ONE, RoundingMode.DOWN))
                .isEqualTo(new BigDecimal("0." + "6".repeat(34)));
        assertThat(cross(thirds, "USD", "GBP").convertFully(BigDecimal.ONE, RoundingMode.UP))
                .isEqualTo(new BigDecimal("0." + "6".repeat(33) + "7"));
    }

    @Test
    void aCurrencyTheBookLacksHasNoRate() {
        assertThat(CrossRate.of(book, "USD", "GBP")).isEmpty();
        assertThat(CrossRate.of(book, "GBP", "USD")).isEmpty();
        assertThat(CrossRate.of(RateBook.EMPTY, "EUR", "USD")).isEmpty();
    }

    @Test
    void aConversionIsAsOldAsItsOlderLeg() {
        Instant later = JULY.plusSeconds(60);
        RateBook mixed = new RateBook(
                1,
                Map.of(
                        "USD", new Rate(BigDecimal.ONE, "coinbase", later, STALE_AT),
                        "JPY", new Rate(BigDecimal.TEN, "ecb", JULY, STALE_AT)));

        assertThat(cross(mixed, "USD", "JPY").asOf()).contains(JULY);
        assertThat(cross(mixed, "JPY", "USD").asOf()).contains(JULY);
        assertThat(cross(mixed, "EUR", "USD").asOf()).contains(later);
        assertThat(cross(mixed, "EUR", "EUR").asOf()).isEmpty();
    }

    @Test
    void aConversionNamesEachSourceOnce() {
        RateBook mixed = new RateBook(
                1,
                Map.of(
                        "USD", new Rate(BigDecimal.ONE, "coinbase", JULY, STALE_AT),
                        "JPY", new Rate(BigDecimal.TEN, "ecb", JULY, STALE_AT),
                        "GBP", new Rate(BigDecimal.TEN, "ecb", JULY, STALE_AT)));

        assertThat(cross(mixed, "USD", "JPY").sources()).containsExactly("coinbase", "ecb");
        assertThat(cross(mixed, "GBP", "JPY").sources()).containsExactly("ecb");
        assertThat(cross(mixed, "EUR", "EUR").sources()).isEmpty();
    }

    @Test
    void oneStaleLegMakesAStaleConversion() {
        RateBook mixed = new RateBook(
                1,
                Map.of(
                        "USD", new Rate(BigDecimal.ONE, "ecb", JULY, STALE_AT),
                        "JPY", new Rate(BigDecimal.TEN, "ecb", JULY, STALE_AT.plusSeconds(9))));

        assertThat(cross(mixed, "JPY", "USD").stale(STALE_AT)).isTrue();
        assertThat(cross(mixed, "EUR", "JPY").stale(STALE_AT)).isFalse();
        assertThat(cross(mixed, "EUR", "USD").stale(STALE_AT.minusNanos(1))).isFalse();
        assertThat(cross(mixed, "EUR", "EUR").stale(Instant.MAX)).isFalse();
    }

    @Test
    void oneSimulatedLegMakesASimulatedConversion() {
        RateBook mixed = new RateBook(
                1,
                Map.of(
                        "USD", new Rate(BigDecimal.ONE, Rate.SIMULATED, JULY, STALE_AT),
                        "JPY", new Rate(BigDecimal.TEN, "ecb", JULY, STALE_AT)));

        assertThat(cross(mixed, "JPY", "USD").simulated()).isTrue();
        assertThat(cross(mixed, "EUR", "JPY").simulated()).isFalse();
    }

    private static String convert(RateBook book, String amount, String from, String to, RoundingMode rounding) {
        int scale = Currencies.find(to).orElseThrow().scale();
        return cross(book, from, to)
                .convert(new BigDecimal(amount), scale, rounding)
                .toPlainString();
    }

    private static CrossRate cross(RateBook book, String from, String to) {
        return CrossRate.of(book, from, to).orElseThrow();
    }

    private static RateBook book(Map<String, String> perEuro) {
        Map<String, Rate> rates = new HashMap<>();
        perEuro.forEach((code, rate) -> rates.put(code, new Rate(new BigDecimal(rate), "ecb", JULY, STALE_AT)));
        return new RateBook(1, rates);
    }
}
