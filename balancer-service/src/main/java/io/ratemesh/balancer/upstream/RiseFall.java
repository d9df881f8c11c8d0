package io.ratemesh.balancer.upstream;

/** Counts checks in a row, so that one answer alone changes nothing unless it should. */
final class RiseFall {

    private int consecutive;
    private boolean lastPassed;

    void record(boolean passed) {
        consecutive = passed == lastPassed ? consecutive + 1 : 1;
        lastPassed = passed;
    }

    void reset() {
        consecutive = 0;
    }

    /** Passed checks in a row, up to the last one. */
    int consecutivePasses() {
        return lastPassed ? consecutive : 0;
    }

    /** Failed checks in a row, up to the last one. */
    int consecutiveFailures() {
        return lastPassed ? 0 : consecutive;
    }
}
