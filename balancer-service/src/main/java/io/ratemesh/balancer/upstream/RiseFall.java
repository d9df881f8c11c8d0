package io.ratemesh.balancer.upstream;

/** Counts checks in a row, so that one answer alone changes nothing unless it should. */
final class RiseFall {

    private int inARow;
    private boolean lastPassed;

    void count(boolean passed) {
        inARow = passed == lastPassed ? inARow + 1 : 1;
        lastPassed = passed;
    }

    void forget() {
        inARow = 0;
    }

    /** Passed checks in a row, up to the last one. */
    int passed() {
        return lastPassed ? inARow : 0;
    }

    /** Failed checks in a row, up to the last one. */
    int failed() {
        return lastPassed ? 0 : inARow;
    }
}
