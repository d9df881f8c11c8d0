package io.ratemesh.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The examples of the design. */
class LegsTest {

    private static final Map<String, String> JULY = Map.of("USD", "1.1415", "JPY", "185.31", "IDR", "20565.38");

    @Test
    void a_huge_amount_of_a_weak_currency_is_exact_to_the_cent() {
        assertThat(convert(JULY, "148000000", "IDR", "USD", RoundingMode.HALF_EVEN))
                .isEqualTo("8214.87");
    }

    @Test
    void a_tie_is_rounded_to_the_even_yen_or_up() {
        Map<String, String> yen = Map.of("JPY", "186.75");

        assertThat(convert(yen, "6", "EUR", "JPY", RoundingMode.HALF_EVEN)).isEqualTo("1120");
        assertThat(convert(yen, "6", "EUR", "JPY", RoundingMode.HALF_UP)).isEqualTo("1121");
    }

    @Test
    void less_than_half_a_cent_is_zero_with_its_decimals() {
        assertThat(convert(JULY, "0.01", "IDR", "USD", RoundingMode.HALF_EVEN)).isEqualTo("0.00");
    }

    @Test
    void the_documented_conversion_of_dollars_to_yen_holds() {
        Legs usdJpy = legs(JULY, "USD", "JPY");

        assertThat(convert(JULY, "250.75", "USD", "JPY", RoundingMode.HALF_EVEN))
                .isEqualTo("40707");
        assertThat(usdJpy.rate()).isEqualTo(new BigDecimal("162.3390275952693823915900131406045"));
    }

    @Test
    void yen_have_no_decimals_and_dinars_three() {
        Map<String, String> dinar = Map.of("KWD", "0.3512", "JPY", "185.31");

        assertThat(convert(dinar, "1", "EUR", "KWD", RoundingMode.HALF_EVEN)).isEqualTo("0.351");
        assertThat(convert(dinar, "1", "KWD", "JPY", RoundingMode.HALF_EVEN)).isEqualTo("528");
    }

    @Test
    void a_result_never_goes_through_the_rounded_cross_rate() {
        Map<String, String> thirds = Map.of("USD", "3", "GBP", "1");

        // One third of 3 × 10^29: with 34 digits of 0.333… it would end in nines.
        assertThat(convert(thirds, "3" + "0".repeat(29), "USD", "GBP", RoundingMode.DOWN))
                .isEqualTo("1" + "0".repeat(29) + ".00");
    }

    @Test
    void a_rate_has_no_trailing_zeros_and_no_exponent() {
        Map<String, String> round = Map.of("USD", "0.001", "JPY", "100.00");

        assertThat(legs(round, "USD", "JPY").rate().toString()).isEqualTo("100000");
        assertThat(legs(round, "EUR", "JPY").rate().toString()).isEqualTo("100");
        assertThat(legs(round, "EUR", "EUR").rate().toString()).isEqualTo("1");
    }

    @Test
    void a_full_result_has_thirty_four_digits() {
        BigDecimal full = legs(JULY, "USD", "JPY").convertFully(BigDecimal.ONE, RoundingMode.HALF_EVEN);

        assertThat(full).isEqualTo(legs(JULY, "USD", "JPY").rate());
        assertThat(full.precision()).isEqualTo(34);
    }

    @Test
    void a_full_result_is_rounded_as_requested() {
        Map<String, String> thirds = Map.of("USD", "3", "GBP", "2");

        assertThat(legs(thirds, "USD", "GBP").convertFully(BigDecimal.ONE, RoundingMode.DOWN))
                .isEqualTo(new BigDecimal("0." + "6".repeat(34)));
        assertThat(legs(thirds, "USD", "GBP").convertFully(BigDecimal.ONE, RoundingMode.UP))
                .isEqualTo(new BigDecimal("0." + "6".repeat(33) + "7"));
    }

    @Test
    void a_rate_that_is_not_above_zero_is_rejected() {
        assertThatThrownBy(() -> new Legs(BigDecimal.ZERO, BigDecimal.ONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Legs(BigDecimal.ONE, new BigDecimal("-1")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String convert(
            Map<String, String> perEuro, String amount, String from, String to, RoundingMode rounding) {
        int scale = Currencies.find(to).orElseThrow().scale();
        return legs(perEuro, from, to)
                .convert(new BigDecimal(amount), scale, rounding)
                .toPlainString();
    }

    private static Legs legs(Map<String, String> perEuro, String from, String to) {
        return new Legs(new BigDecimal(perEuro.getOrDefault(from, "1")), new BigDecimal(perEuro.getOrDefault(to, "1")));
    }
}
