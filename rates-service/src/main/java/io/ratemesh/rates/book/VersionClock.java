package io.ratemesh.rates.book;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/**
 * The clock that versions of books are made from. While a cluster is split, each part has a leader that makes versions; if both made one
 * in the same millisecond, two different books would have the same version after the parts have merged, and a reader of one that
 * resumes a stream would miss the rates of the other. Therefore time is rounded up to one of {@value #NODES} remainders, which the name of
 * the node chooses. Names that differ only in the last digit choose different ones; two random names choose the same one once in
 * {@value #NODES} times.
 */
public final class VersionClock extends Clock {

    private static final int NODES = 16;

    private final Clock clock;
    private final int remainder;

    /**
     * A clock that is less than {@value #NODES} ms ahead.
     *
     * @param node the id of the node
     */
    public VersionClock(Clock clock, String node) {
        this(clock, Math.floorMod(node.hashCode(), NODES));
    }

    private VersionClock(Clock clock, int remainder) {
        this.clock = clock;
        this.remainder = remainder;
    }

    @Override
    public long millis() {
        long millis = clock.millis();
        return millis + Math.floorMod(remainder - millis, NODES);
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }

    @Override
    public ZoneId getZone() {
        return clock.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new VersionClock(clock.withZone(zone), remainder);
    }
}
