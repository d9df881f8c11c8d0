package io.ratemesh.rates.poll;

import java.util.Locale;

/** How a poll ended. */
public enum PollOutcome {
    /** With accepted quotes. */
    ACCEPTED,
    /** With nothing new. */
    UNCHANGED,
    /** With a response that was rejected. */
    REJECTED,
    /** With no response, or one that could not be read. */
    FAILED;

    /** The value of the label {@code outcome}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
