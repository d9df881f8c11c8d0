package io.ratemesh.rates.book;

import java.util.Locale;

/** Why a quote does not go into the book. */
public enum Refusal {
    /** The rate was no number. */
    UNREADABLE,
    /** ISO 4217 does not know the code, has withdrawn it, or it is the euro. */
    CURRENCY,
    /** The rate is zero or below. */
    SIGN,
    /** No currency has ever been worth so much or so little. */
    MAGNITUDE,
    /** It is from a day to come. */
    FUTURE,
    /** It is older than what the same feed said before. */
    OLDER,
    /** The answer gives the currency two different rates. */
    AMBIGUOUS,
    /** Most rates of the answer jumped together: it is against another base. */
    BASE;

    /** Its word in metrics. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
