package io.ratemesh.rates.publish;

import java.util.function.BooleanSupplier;

/**
 * Detects when this node starts and stops leading the rates. The oldest member with the role leads.
 */
public final class Leadership {

    /** The change since the last check. */
    public enum Change {
        /** Nothing. */
        NONE,
        /** The node leads now and did not before. */
        GAINED,
        /** The node led before and does not now. */
        LOST
    }

    private final BooleanSupplier oldest;
    private boolean leading;
    private boolean resigned;

    public Leadership(BooleanSupplier oldest) {
        this.oldest = oldest;
    }

    /** Whether the node led at the last check. */
    public boolean isLeading() {
        return leading;
    }

    public Change check() {
        boolean now = !resigned && oldest.getAsBoolean();
        if (now == leading) {
            return Change.NONE;
        }
        leading = now;
        return now ? Change.GAINED : Change.LOST;
    }

    /** Stops leading for good, because the node stops. */
    public void resign() {
        resigned = true;
        leading = false;
    }
}
