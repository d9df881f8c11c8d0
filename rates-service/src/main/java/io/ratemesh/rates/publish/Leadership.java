package io.ratemesh.rates.publish;

import java.util.function.BooleanSupplier;

/**
 * Notices when this node begins to lead the rates and when it ceases to. The rule itself is the cluster's: the oldest
 * member of the role leads.
 */
public final class Leadership {

    /** What has changed since the last look. */
    public enum Change {
        /** Nothing. */
        NONE,
        /** It leads now and did not. */
        GAINED,
        /** It led and does not now. */
        LOST
    }

    private final BooleanSupplier oldest;
    private boolean leading;
    private boolean resigned;

    public Leadership(BooleanSupplier oldest) {
        this.oldest = oldest;
    }

    /** Whether it led at the last look. */
    public boolean leading() {
        return leading;
    }

    public Change look() {
        boolean now = !resigned && oldest.getAsBoolean();
        if (now == leading) {
            return Change.NONE;
        }
        leading = now;
        return now ? Change.GAINED : Change.LOST;
    }

    /** This node is going: it leads no more, whatever its age. */
    public void resign() {
        resigned = true;
        leading = false;
    }
}
