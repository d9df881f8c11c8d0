package io.ratemesh.rates.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.model.Rate;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JumpLimitTest {

    private static final Instant NOW = Instant.parse("2026-07-06T14:00:00Z");

    private final JumpLimit limit = new JumpLimit(new BigDecimal("0.20"));

    @ParameterizedTest
    @CsvSource({"1.00, false", "1.20, false", "1.2001, true", "0.80, false", "0.7999, true", "100, true", "0.01, true"})
    void a_change_of_exactly_the_limit_is_not_a_jump(String after, boolean jumped) {
        assertThat(limit.isJump(rate("1.00", NOW), new BigDecimal(after), NOW)).isEqualTo(jumped);
    }

    @ParameterizedTest
    @CsvSource({"1, 1.43, false", "1, 1.45, true", "1, 0.67, false", "1, 0.66, true", "10, 100, true", "10, 0.01, true"
    })
    void each_year_widens_the_bounds(int years, String after, boolean jumped) {
        Rate before = rate("1.00", NOW.minus(Duration.ofDays(365L * years)));

        assertThat(limit.isJump(before, new BigDecimal(after), NOW)).isEqualTo(jumped);
    }

    @Test
    void a_clock_that_was_set_back_does_not_narrow_the_bounds() {
        assertThat(limit.isJump(rate("1.00", NOW.plus(Duration.ofDays(900))), new BigDecimal("1.2"), NOW))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1, 1.2, true", "1.2, 1, true", "1, 1.21, false", "1.21, 1, false"})
    void agreement_is_symmetric(String one, String other, boolean agree) {
        assertThat(limit.agrees(new BigDecimal(one), new BigDecimal(other))).isEqualTo(agree);
    }

    @ParameterizedTest
    @CsvSource({"1, 10, false", "10, 1, false", "1, 10.1, true", "10.1, 1, true"})
    void more_than_a_factor_of_ten_is_implausible(String before, String after, boolean beyond) {
        assertThat(JumpLimit.exceedsTenfold(new BigDecimal(before), new BigDecimal(after)))
                .isEqualTo(beyond);
    }

    private static Rate rate(String perEuro, Instant asOf) {
        return new Rate(new BigDecimal(perEuro), "ecb", asOf, asOf.plusSeconds(1));
    }
}
