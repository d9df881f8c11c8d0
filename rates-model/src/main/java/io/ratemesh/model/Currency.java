package io.ratemesh.model;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * One currency of ISO 4217.
 *
 * @param code three upper-case letters
 * @param number the ISO number, three digits; empty if there is none
 * @param name the English name in the ISO list
 * @param minorUnits decimals of the smallest unit, 0 to 4; empty if ISO defines none (XAU, XDR)
 * @param withdrawn when ISO withdrew the code, in its words ({@code 2026-01}, {@code 1989 to 1990}); empty while in use
 */
public record Currency(
        String code, Optional<String> number, String name, OptionalInt minorUnits, Optional<String> withdrawn) {

    /** Decimals of a result if ISO 4217 defines no minor unit. */
    public static final int SCALE_WITHOUT_MINOR_UNITS = 6;

    /** The default number of decimals of a converted amount. */
    public int scale() {
        return minorUnits.orElse(SCALE_WITHOUT_MINOR_UNITS);
    }
}
