package io.ratemesh.model.legacy;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * The irrevocable rate at which the euro replaced a currency. By law it has six significant digits and is neither rounded nor
 * truncated in a conversion, and a conversion back divides by it, because inverse rates are forbidden (Council Regulation (EC)
 * No 1103/97, Article 4). {@link io.ratemesh.model.Legs} implements this.
 *
 * @param code upper-case code of the replaced currency
 * @param perEuro units for one euro, with all six digits
 * @param since the day the euro replaced it, the first on which the rate applies
 */
public record LegalRate(String code, BigDecimal perEuro, LocalDate since) {

    private static final int SIGNIFICANT_DIGITS = 6;

    public LegalRate {
        if (perEuro.signum() <= 0 || perEuro.precision() != SIGNIFICANT_DIGITS) {
            throw new IllegalArgumentException(
                    code + ": " + perEuro + "; must be above 0, " + SIGNIFICANT_DIGITS + " significant digits");
        }
    }

    /** Whether the euro had replaced the currency by that day. */
    public boolean appliesOn(LocalDate day) {
        return !day.isBefore(since);
    }
}
