package io.ratemesh.balancer.upstream;

/** Counts consecutive passed or failed checks. */
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

    /** Consecutive passed checks, up to the last one. */
    int consecutivePasses() {
        return lastPassed ? consecutive : 0;
    }

    /** Consecutive failed checks, up to the last one. */
    int consecutiveFailures() {
        return lastPassed ? 0 : consecutive;
    }
}
