package io.ratemesh.rates.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateTextTest {

    @Test
    void the_digits_are_kept() {
        assertThat(RateText.parse("353.50")).contains(new BigDecimal("353.50"));
    }

    @Test
    void a_small_exponent_is_written_out() {
        assertThat(RateText.parse("1.1542839e-5")).contains(new BigDecimal("0.000011542839"));
        assertThat(RateText.parse("1.5E+3")).map(BigDecimal::toPlainString).contains("1500");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999", "1e-999", "1e99", "1e999999999", "+1", "1.", ".5", "1_0", "NaN"})
    void a_text_with_a_large_exponent_or_without_a_number_is_rejected(String text) {
        assertThat(RateText.parse(text)).isEmpty();
    }

    @Test
    void a_thousand_digits_are_rejected() {
        assertThat(RateText.parse("1." + "3".repeat(1000))).isEmpty();
        assertThat(RateText.parse("3".repeat(1000))).isEmpty();
    }
}
