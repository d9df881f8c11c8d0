package io.ratemesh.balancer.http2;

/**
 * Which of the last 64 streams that a client could open it did open, which it ended, and which this side reset: enough to tell a mistake from a frame
 * that was on its way when this side gave the stream up (RFC 9113 §5.1, §5.1.1).
 */
final class StreamHistory {

    private static final int REMEMBERED = 64;

    private int highest = -1;
    private long opened;
    private long ended;
    private long reset;

    /** A client opens a stream, an odd one. */
    void opens(int streamId) {
        int number = streamId >>> 1;
        if (number > highest) {
            int by = number - highest;
            opened = by < REMEMBERED ? opened << by : 0;
            ended = by < REMEMBERED ? ended << by : 0;
            reset = by < REMEMBERED ? reset << by : 0;
            highest = number;
        }
        opened |= bit(number);
    }

    /** A client says that nothing more of a stream comes. */
    void ends(int streamId) {
        ended |= bit(streamId >>> 1);
    }

    /** Whether it said so before. */
    boolean hasEnded(int streamId) {
        return (ended & bit(streamId >>> 1)) != 0;
    }

    /** This side resets a stream; false where it did so before. */
    boolean resets(int streamId) {
        long bit = bit(streamId >>> 1);
        boolean first = (reset & bit) == 0;
        reset |= bit;
        return first;
    }

    /** Whether it left a stream out and opened one behind it: then it cannot open that any more. */
    boolean passedOver(int streamId) {
        int number = streamId >>> 1;
        return number < highest && highest - number < REMEMBERED && (opened & bit(number)) == 0;
    }

    private long bit(int number) {
        int back = highest - number;
        return back >= 0 && back < REMEMBERED ? 1L << back : 0;
    }
}
