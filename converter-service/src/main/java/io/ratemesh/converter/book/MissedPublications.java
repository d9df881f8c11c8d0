package io.ratemesh.converter.book;

/**
 * Decides what to do when another node announces a newer book: this node has missed a publication. The first time the shared
 * cache has the book. The second time in a row the subscription itself is lost, which happens after network faults
 * (vert.x issue 4394).
 *
 * <pre>
 *   newer announced  ->  read again  ->  found newer        (missed one)
 *   newer announced  ->  read again  ->  found newer        (missed two: subscribe again)
 *   a publication arrives at any time                        (missed none)
 * </pre>
 *
 * <p>Not thread-safe.
 */
final class MissedPublications {

    enum Step {
        NOTHING,
        READ_AGAIN,
        SUBSCRIBE_AGAIN
    }

    private static final int LOST = 2;

    private int missed;
    private boolean reading;

    /** Another node has announced a version; this one has {@code own}. */
    Step announced(long announced, long own) {
        if (reading || announced <= own) {
            return Step.NOTHING;
        }
        reading = true;
        return Step.READ_AGAIN;
    }

    /** The cache was read again, and had a newer book or not. */
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

    /** A publication has arrived, newer or not: the subscription works. */
    void published() {
        missed = 0;
    }
}
