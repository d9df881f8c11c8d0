package io.ratemesh.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AmountTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "-1",
                "+1",
                "-0",
                " 1",
                "1 ",
                "\t1",
                "1\n",
                "1.",
                ".5",
                "1..5",
                "1.5.5",
                "1,5",
                "1.127,54",
                "1,127.54",
                "1 000",
                "1'000",
                "1_000",
                "1e5",
                "1E5",
                "1e-5",
                "0x10",
                "NaN",
                "Infinity",
                "∞",
                "１",
                "٣",
                "½",
                "1f",
                "1d",
                "$1",
                "1%",
                "null",
                "1\u00a0000",
                "1\u0000"
            })
    void any_other_format_is_rejected(String text) {
        assertThat(Amount.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "0.00", "250.75", "148000000", "0001", "0.000000000000000001"})
    void digits_with_or_without_a_point_are_kept(String text) {
        assertThat(Amount.parse(text)).contains(new BigDecimal(text));
    }

    @Test
    void an_amount_is_below_ten_to_the_thirtieth() {
        assertThat(Amount.parse("9".repeat(30))).isPresent();
        assertThat(Amount.parse("9".repeat(30) + "." + "9".repeat(18))).isPresent();
        assertThat(Amount.parse("1" + "0".repeat(30))).isEmpty();
        assertThat(Amount.parse("1" + "0".repeat(30) + ".5")).isEmpty();
    }

    @Test
    void an_amount_has_at_most_eighteen_decimals() {
        assertThat(Amount.parse("1." + "0".repeat(18))).isPresent();
        assertThat(Amount.parse("1." + "0".repeat(19))).isEmpty();
    }

    @Test
    void leading_zeros_do_not_count_and_the_length_is_limited() {
        assertThat(Amount.parse("0".repeat(40) + "1")).contains(BigDecimal.ONE);
        assertThat(Amount.parse("0".repeat(10_000) + "1")).isEmpty();
    }

    @Test
    void a_zero_of_thirty_one_digits_is_zero() {
        assertThat(Amount.parse("0".repeat(31)))
                .hasValueSatisfying(zero -> assertThat(zero).isZero());
    }
}
