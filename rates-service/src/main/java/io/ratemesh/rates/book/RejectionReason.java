package io.ratemesh.rates.book;

import java.util.Locale;

/** Why a quote is not in the book. */
public enum RejectionReason {
    /** The rate is not a number. */
    UNREADABLE,
    /** The code is not in ISO 4217, is withdrawn, or is the euro. */
    CURRENCY,
    /** The rate is zero or negative. */
    SIGN,
    /** The rate is outside of what any currency is worth. */
    MAGNITUDE,
    /** The time of the rate is more than a day in the future. */
    FUTURE,
    /** The quote is older than the last one of the same feed. */
    OLDER,
    /** The response has two different rates for the currency. */
    AMBIGUOUS,
    /** Most rates of the response jumped together: it has another base. */
    BASE,
    /** The response lacks many currencies of its feed: the others are accepted, the missing ones keep their last rate. */
    SHRUNKEN,
    /** The rate is far from the last one, and no other feed confirms it. */
    JUMP,
    /** Two or more feeds agree with each other against it. */
    OUTVOTED,
    /** The currency had no rate before, and other feeds contradict or were not polled yet. */
    UNCONFIRMED;

    /** The name in metrics and status. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
