package io.ratemesh.converter.frankfurter;

import java.math.BigDecimal;

/** Writes numbers as Frankfurter does, digit for digit and never through a double. */
final class JsonNumber {

    private JsonNumber() {}

    /** One that Ruby has as a Float: {@code 1.0}, {@code 20565.38}. */
    static String decimal(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return (stripped.scale() < 1 ? stripped.setScale(1) : stripped).toPlainString();
    }

    /** One that was rounded: without decimals it is an Integer, {@code 20565}. */
    static String rounded(BigDecimal value) {
        return value.scale() == 0 && value.signum() != 0 ? value.toPlainString() : decimal(value);
    }
}
