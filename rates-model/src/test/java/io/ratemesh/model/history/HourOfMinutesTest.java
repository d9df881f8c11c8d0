package io.ratemesh.model.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HourOfMinutesTest {

    static final long HOUR = HourOfMinutes.epochHour(Instant.parse("2026-07-06T14:59:59Z"));

    private static final HourOfMinutes EMPTY = HourOfMinutes.empty(HOUR);

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @Test
    void an_empty_hour_has_no_points() {
        assertThat(EMPTY.epochHour()).isEqualTo(HOUR);
        assertThat(EMPTY.isEmpty()).isTrue();
        assertThat(EMPTY.lastMinute()).isEqualTo(-1);
        assertThat(EMPTY.points()).isZero();
        assertThat(EMPTY.simulated()).isFalse();
        assertThat(EMPTY.perEuro("USD", 0)).isEmpty();
        assertThat(EMPTY.perEuro("EUR", 0)).isEmpty();
    }

    @Test
    void a_point_belongs_to_one_minute() {
        HourOfMinutes hour = EMPTY.with(59, rates("USD", "1.1415"), false);

        assertThat(hour.perEuro("USD", 59)).contains(new BigDecimal("1.1415"));
        assertThat(hour.perEuro("USD", 58)).isEmpty();
        assertThat(hour.perEuro("JPY", 59)).isEmpty();
        assertThat(hour.perEuro("EUR", 59)).contains(BigDecimal.ONE);
        assertThat(hour.perEuro("EUR", 58)).isEmpty();
        assertThat(hour.lastMinute()).isEqualTo(59);
        assertThat(hour.points()).isEqualTo(1);
    }

    @Test
    void an_existing_point_stays_unchanged() {
        HourOfMinutes hour = EMPTY.with(5, rates("USD", "1.1"), false);

        assertThat(hour.with(5, rates("USD", "1.2", "JPY", "180"), true)).isSameAs(hour);
        assertThat(hour.plus(EMPTY.with(5, rates("JPY", "180"), true))).isSameAs(hour);
    }

    @Test
    void only_simulated_points_make_an_hour_simulated() {
        HourOfMinutes real = EMPTY.with(5, rates("USD", "1.1"), false);
        HourOfMinutes madeUp = EMPTY.with(5, rates("USD", "1.2"), true);

        assertThat(madeUp.simulated()).isTrue();
        assertThat(real.plus(madeUp).simulated()).isFalse();
        assertThat(madeUp.plus(real).simulated()).isTrue();
        assertThat(real.with(6, rates("USD", "1.2"), true).simulated()).isTrue();
    }

    @Test
    void another_hour_is_rejected() {
        assertThatThrownBy(() -> EMPTY.plus(HourOfMinutes.empty(HOUR + 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("hour: " + (HOUR + 1) + "; must be " + HOUR);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 60})
    void an_invalid_minute_is_rejected(int minute) {
        assertThatThrownBy(() -> EMPTY.with(minute, rates("USD", "1"), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("minute: " + minute + "; must be 0 to 59");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1L << 31})
    void an_hour_out_of_range_is_rejected(long hour) {
        assertThatThrownBy(() -> HourOfMinutes.empty(hour)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EUR", "usd", "US", "USDT", ""})
    void an_invalid_code_is_rejected(String code) {
        assertThatThrownBy(() -> EMPTY.with(0, rates(code, "1"), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be three upper-case letters");
    }

    @ParameterizedTest
    @CsvSource({
        "1.1415, 1.1415",
        "1.1700, 1.17",
        "13100, 13100",
        "1234567890, ",
        "20565.38, 20565.38",
        "99999999.99, 99999999.99",
        "0.000302421, 0.000302421",
        // More digits than are stored: half-even.
        "162.3390275952693823915900131406045, 162.3390276",
        "1.0000000005, 1",
        "1.00000000150, 1.000000002",
        "0.00030242149999, 0.000302421",
        "99999999.994, 99999999.99",
        // Out of range after rounding.
        "99999999.999, ",
        "0.0000000004, ",
        "0, ",
        "-1, ",
    })
    void a_rate_is_rounded_to_ten_digits_and_nine_decimals(BigDecimal rate, BigDecimal kept) {
        HourOfMinutes hour = EMPTY.with(7, Map.of("XXX", rate, "USD", BigDecimal.ONE), false);

        assertThat(hour.perEuro("XXX", 7).orElse(null)).isEqualTo(kept);
        assertThat(hour.perEuro("USD", 7)).contains(BigDecimal.ONE);
    }

    @Test
    void a_point_without_rates_is_ignored() {
        assertThat(EMPTY.with(7, Map.of(), true)).isSameAs(EMPTY);
        assertThat(EMPTY.with(7, rates("XXX", "0"), true)).isSameAs(EMPTY);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_union_has_every_minute_of_both_and_prefers_its_own(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        HourOfMinutes one = any(HOUR, random);
        HourOfMinutes other = any(HOUR, random);

        HourOfMinutes both = one.plus(other);

        for (int minute = 0; minute < 60; minute++) {
            boolean own = one.perEuro("EUR", minute).isPresent();
            HourOfMinutes source = own ? one : other;
            for (String code : new String[] {"EUR", "AAA", "BBB", "CCC"}) {
                assertThat(both.perEuro(code, minute)).isEqualTo(source.perEuro(code, minute));
            }
            assertThat(both.simulated(minute)).isEqualTo(source.simulated(minute));
        }
        assertThat(both.plus(one).plus(other)).isSameAs(both);
        assertThat(both.points()).isEqualTo((int) IntStream.range(0, 60)
                .filter(minute -> both.perEuro("EUR", minute).isPresent())
                .count());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void the_order_in_which_different_minutes_are_added_makes_no_difference(long seed) {
        HourOfMinutes hour = any(HOUR, new SplittableRandom(seed));
        HourOfMinutes backwards = EMPTY;
        for (int minute = 59; minute >= 0; minute--) {
            Map<String, BigDecimal> rates = new HashMap<>();
            for (String code : new String[] {"AAA", "BBB", "CCC"}) {
                int at = minute;
                hour.perEuro(code, at).ifPresent(rate -> rates.put(code, rate));
            }
            backwards = backwards.with(minute, rates, hour.simulated(minute));
        }

        assertThat(backwards).isEqualTo(hour).hasSameHashCodeAs(hour);
    }

    /** Any number of points, three currencies with gaps. */
    static HourOfMinutes any(long epochHour, SplittableRandom random) {
        HourOfMinutes hour = HourOfMinutes.empty(epochHour);
        for (int points = random.nextInt(61); points > 0; points--) {
            Map<String, BigDecimal> rates = new HashMap<>();
            for (String code : new String[] {"AAA", "BBB", "CCC"}) {
                if (random.nextInt(4) > 0) {
                    rates.put(code, BigDecimal.valueOf(random.nextLong(1, 100_000_000), random.nextInt(0, 10)));
                }
            }
            hour = hour.with(random.nextInt(60), rates, random.nextInt(10) == 0);
        }
        return hour;
    }

    static Map<String, BigDecimal> rates(String... codesAndRates) {
        Map<String, BigDecimal> rates = new HashMap<>();
        for (int i = 0; i < codesAndRates.length; i += 2) {
            rates.put(codesAndRates[i], new BigDecimal(codesAndRates[i + 1]));
        }
        return rates;
    }
}
