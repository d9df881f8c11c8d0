package io.ratemesh.balancer.http2;

/**
 * What happened to the last 64 streams of a client. It distinguishes a client's mistake from a frame that was sent before this side's
 * reset arrived (RFC 9113 §5.1, §5.1.1).
 */
final class StreamHistory {

    private static final int REMEMBERED = 64;

    private int highest = -1;
    private long opened;
    private long ended;
    private long reset;

    /** The client has opened a stream, whose identifier is odd. */
    void opened(int streamId) {
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

    /** The client has ended a stream. */
    void ended(int streamId) {
        ended |= bit(streamId >>> 1);
    }

    /** Whether the client has ended a stream. */
    boolean hasEnded(int streamId) {
        return (ended & bit(streamId >>> 1)) != 0;
    }

    /** This side resets a stream; false where it did so before. */
    boolean reset(int streamId) {
        long bit = bit(streamId >>> 1);
        boolean first = (reset & bit) == 0;
        reset |= bit;
        return first;
    }

    /** Whether the client has not opened a stream but a later one, with which it is closed. */
    boolean isSkipped(int streamId) {
        int number = streamId >>> 1;
        return number < highest && highest - number < REMEMBERED && (opened & bit(number)) == 0;
    }

    private long bit(int number) {
        int back = highest - number;
        return back >= 0 && back < REMEMBERED ? 1L << back : 0;
    }
}
