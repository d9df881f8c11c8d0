package io.ratemesh.rates.poll;

import java.util.Locale;

/** How a poll ended. */
public enum PollOutcome {
    /** With quotes that were believed. */
    ANSWERED,
    /** With nothing new. */
    UNCHANGED,
    /** With an answer that was not believed. */
    REFUSED,
    /** With no answer that could be read. */
    FAILED;

    /** Its word in metrics. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
