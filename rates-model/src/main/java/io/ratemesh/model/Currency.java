package io.ratemesh.model;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * One currency of ISO 4217.
 *
 * @param code three upper-case letters
 * @param number the ISO number, three digits; empty where ISO gave none
 * @param name the English name in the ISO list
 * @param minorUnits decimals of the smallest unit, 0 to 4; empty where ISO defines none (XAU, XDR)
 * @param withdrawn when ISO withdrew the code, as it says it ({@code 2026-01}, {@code 1989 to 1990}); empty while in use
 */
public record Currency(
        String code, Optional<String> number, String name, OptionalInt minorUnits, Optional<String> withdrawn) {

    /** Decimals of a result where ISO 4217 defines no minor unit. */
    public static final int SCALE_WITHOUT_MINOR_UNITS = 6;

    /** How many decimals a converted amount in this currency has by default. */
    public int scale() {
        return minorUnits.orElse(SCALE_WITHOUT_MINOR_UNITS);
    }
}
