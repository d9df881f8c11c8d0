package io.ratemesh.rates.book;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that a test sets. It counts the builds of a book, because each takes a version from the clock. */
public final class SetClock extends Clock {

    private Instant now;
    private int builds;

    public SetClock(Instant now) {
        this.now = now;
    }

    void set(Instant other) {
        now = other;
    }

    public int builds() {
        return builds;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public long millis() {
        builds++;
        return now.toEpochMilli();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
