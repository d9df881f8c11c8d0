package io.ratemesh.converter.book;

/**
 * Decides what to do when another node holds a newer book than this one: it was told by a publication that never came
 * here. Once may be chance, and the shared cache has the book. Twice without a publication in between means that the
 * subscription itself is gone, as it has been for good after network flaps (vert.x issue 4394).
 *
 * <pre>
 *   heard newer  ->  read again  ->  found newer        (missed one)
 *   heard newer  ->  read again  ->  found newer        (missed two: subscribe again)
 *   a publication arrives at any time                    (missed none)
 * </pre>
 *
 * <p>Not thread-safe.
 */
final class MissedPublications {

    /** What to do next. */
    enum Step {
        NOTHING,
        READ_AGAIN,
        SUBSCRIBE_AGAIN
    }

    private static final int LOST = 2;

    private int missed;
    private boolean reading;

    /** Another node announced that it holds {@code announced}; this one holds {@code own}. */
    Step heard(long announced, long own) {
        if (reading || announced <= own) {
            return Step.NOTHING;
        }
        reading = true;
        return Step.READ_AGAIN;
    }

    /** The cache was read again: {@code newer} where it held a newer book than this node by then. */
    Step readAgain(boolean newer) {
        reading = false;
        if (newer) {
            missed++;
        }
        if (missed < LOST) {
            return Step.NOTHING;
        }
        missed = 0;
        return Step.SUBSCRIBE_AGAIN;
    }

    /** A publication arrived, newer or not: the subscription lives. */
    void published() {
        missed = 0;
    }
}
