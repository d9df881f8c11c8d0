package io.ratemesh.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Properties of all rates and amounts. Each seed is one case, so that a failed case can be repeated. */
class LegsPropertiesTest {

    private static final BigDecimal CLOSE = new BigDecimal("1e-32");

    static LongStream seeds() {
        return LongStream.range(0, 500);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void every_result_is_the_exact_fraction_rounded_once(long seed) {
        Case any = new Case(seed);
        for (RoundingMode rounding : new RoundingMode[] {
            RoundingMode.HALF_EVEN,
            RoundingMode.HALF_UP,
            RoundingMode.HALF_DOWN,
            RoundingMode.UP,
            RoundingMode.DOWN,
            RoundingMode.CEILING,
            RoundingMode.FLOOR
        }) {
            BigDecimal result = any.legs("USD", "JPY").convert(any.amount, any.scale, rounding);

            assertThat(result).as("%s %s", any, rounding).isEqualTo(any.expected(rounding));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_result_has_exactly_the_requested_scale(long seed) {
        Case any = new Case(seed);

        assertThat(any.legs("USD", "JPY")
                        .convert(any.amount, any.scale, RoundingMode.HALF_EVEN)
                        .scale())
                .isEqualTo(any.scale);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_triangle_closes_to_the_last_digit_shown(long seed) {
        Case any = new Case(seed);
        BigDecimal through =
                any.legs("USD", "GBP").rate().multiply(any.legs("GBP", "JPY").rate());

        assertThat(relativeGap(through, any.legs("USD", "JPY").rate()))
                .as("%s", any)
                .isLessThan(CLOSE);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_rate_and_its_reciprocal_make_one(long seed) {
        Case any = new Case(seed);
        BigDecimal product =
                any.legs("USD", "JPY").rate().multiply(any.legs("JPY", "USD").rate());

        assertThat(relativeGap(product, BigDecimal.ONE)).as("%s", any).isLessThan(CLOSE);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void there_and_back_is_less_than_one_unit_of_rounding_off(long seed) {
        Case any = new Case(seed);
        BigDecimal there = any.legs("USD", "JPY").convert(any.amount, 30, RoundingMode.HALF_EVEN);
        BigDecimal back = any.legs("JPY", "USD").convert(there, 30, RoundingMode.HALF_EVEN);
        // Half a unit in one direction, times the rate back, and half a unit in the other.
        BigDecimal allowed =
                any.legs("JPY", "USD").rate().add(BigDecimal.ONE).multiply(BigDecimal.ONE.movePointLeft(30));

        assertThat(back.subtract(any.amount).abs()).as("%s", any).isLessThanOrEqualTo(allowed);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void more_money_is_never_worth_less(long seed) {
        Case any = new Case(seed);
        Legs legs = any.legs("USD", "JPY");
        BigDecimal more = any.amount.add(BigDecimal.ONE.movePointLeft(18));

        assertThat(legs.convert(more, any.scale, RoundingMode.HALF_EVEN))
                .isGreaterThanOrEqualTo(legs.convert(any.amount, any.scale, RoundingMode.HALF_EVEN));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_currency_is_worth_itself(long seed) {
        Case any = new Case(seed);

        assertThat(any.legs("USD", "USD").convert(any.amount, 18, RoundingMode.UNNECESSARY))
                .isEqualByComparingTo(any.amount);
    }

    private static BigDecimal relativeGap(BigDecimal a, BigDecimal b) {
        return a.subtract(b).abs().divide(b, MathContext.DECIMAL128);
    }

    /** One random case: three rates over twelve orders of magnitude, an amount over the whole range. */
    private static final class Case {

        private final BigDecimal usd;
        private final BigDecimal gbp;
        private final BigDecimal jpy;
        private final BigDecimal amount;
        private final int scale;

        private Case(long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            usd = rate(random);
            gbp = rate(random);
            jpy = rate(random);
            amount = new BigDecimal(digits(random, random.nextInt(1, 49)), random.nextInt(0, 19))
                    .remainder(BigDecimal.TEN.pow(Amount.MAX_INTEGER_DIGITS));
            scale = random.nextInt(0, 19);
        }

        private Legs legs(String from, String to) {
            return new Legs(perEuro(from), perEuro(to));
        }

        private BigDecimal perEuro(String code) {
            return switch (code) {
                case "USD" -> usd;
                case "GBP" -> gbp;
                default -> jpy;
            };
        }

        /** Whole numbers only: amount × jpy ÷ usd at the scale is one fraction of two integers. */
        private BigDecimal expected(RoundingMode rounding) {
            BigInteger numerator = amount.unscaledValue().multiply(jpy.unscaledValue());
            BigInteger denominator = usd.unscaledValue();
            int shift = scale + usd.scale() - amount.scale() - jpy.scale();
            if (shift >= 0) {
                numerator = numerator.multiply(BigInteger.TEN.pow(shift));
            } else {
                denominator = denominator.multiply(BigInteger.TEN.pow(-shift));
            }
            BigInteger[] parts = numerator.divideAndRemainder(denominator);
            int half = parts[1].shiftLeft(1).compareTo(denominator);
            boolean exact = parts[1].signum() == 0;
            boolean up = switch (rounding) {
                case UP, CEILING -> !exact;
                case DOWN, FLOOR -> false;
                case HALF_UP -> half >= 0;
                case HALF_DOWN -> half > 0;
                case HALF_EVEN -> half > 0 || (half == 0 && parts[0].testBit(0));
                case UNNECESSARY -> throw new IllegalArgumentException("nothing to expect");
            };
            return new BigDecimal(up ? parts[0].add(BigInteger.ONE) : parts[0], scale);
        }

        @Override
        public String toString() {
            return amount + " at " + usd + ", " + gbp + ", " + jpy + ", scale " + scale;
        }

        private static BigDecimal rate(SplittableRandom random) {
            // Sometimes few digits, so that ties occur.
            int length = random.nextBoolean() ? random.nextInt(1, 4) : random.nextInt(4, 13);
            BigInteger digits = digits(random, length).max(BigInteger.ONE);
            return new BigDecimal(digits, random.nextInt(0, 7));
        }

        private static BigInteger digits(SplittableRandom random, int length) {
            StringBuilder text = new StringBuilder(length);
            for (int i = 0; i < length; i++) {
                text.append((char) ('0' + random.nextInt(10)));
            }
            return new BigInteger(text.toString());
        }
    }
}
