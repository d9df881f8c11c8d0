package io.ratemesh.rates.book;

import java.util.Locale;

/** Why a quote does not go into the book. */
public enum RejectionReason {
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
    BASE,
    /** The answer lacks most currencies its feed has had: what it has is taken, the others keep their last rate. */
    SHRUNKEN,
    /** It is far from the last rate, and no other feed has said so. */
    JUMP,
    /** Other feeds agree with each other against it. */
    OUTVOTED,
    /** The currency had no rate before, and other feeds were not heard yet or say otherwise. */
    UNCONFIRMED;

    /** Its word in metrics. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
