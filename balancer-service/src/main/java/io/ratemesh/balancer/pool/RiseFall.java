package io.ratemesh.balancer.pool;

/** Counts checks in a row, so that one answer alone changes nothing unless it should. */
final class RiseFall {

    private final int rise;
    private final int fall;
    private int inARow;
    private boolean lastPassed;

    /**
     * Starts with nothing counted.
     *
     * @param rise passed checks in a row until up, at least 1
     * @param fall failed checks in a row until down, at least 1
     */
    RiseFall(int rise, int fall) {
        this.rise = rise;
        this.fall = fall;
    }

    void count(boolean passed) {
        inARow = passed == lastPassed ? inARow + 1 : 1;
        lastPassed = passed;
    }

    void forget() {
        inARow = 0;
    }

    boolean risen() {
        return lastPassed && inARow >= rise;
    }

    boolean fallen() {
        return !lastPassed && inARow >= fall;
    }
}
