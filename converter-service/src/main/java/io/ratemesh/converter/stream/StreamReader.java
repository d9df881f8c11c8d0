package io.ratemesh.converter.stream;

import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * One reader. It is either up to date, or it lags: then it remembers only the version it was last told, however much it
 * misses, and is told the difference to the newest book once its queue has drained.
 *
 * <p>Not thread-safe.
 */
final class StreamReader {

    private final EventSink sink;
    private final FilterGroup group;
    private final LongSupplier nanos;
    private long version;
    private boolean lagging;
    private int sent;
    private int taken;
    private long progressNanos;
    private long lastNanos;

    /**
     * A reader that has been told nothing yet.
     *
     * @param group whose events it gets
     * @param version the book it knows already, 0 for none
     * @param nanos a monotonic clock
     */
    StreamReader(EventSink sink, FilterGroup group, long version, LongSupplier nanos) {
        this.sink = sink;
        this.group = group;
        this.nanos = nanos;
        this.version = version;
        this.progressNanos = nanos.getAsLong();
        this.lastNanos = progressNanos;
    }

    /** Whose events it gets. */
    FilterGroup group() {
        return group;
    }

    /** Whether it has to be told more once its queue drains. */
    boolean lagging() {
        return lagging;
    }

    /** Sends something that is not an update. */
    void say(EncodedEvent text) {
        lastNanos = nanos.getAsLong();
        if (sink.waiting() == 0) {
            progressNanos = lastNanos;
        }
        sent++;
        sink.send(text);
    }

    /** Sends all that the reader wants of a book. */
    void snapshot(EncodedEvent event, long newVersion) {
        say(event);
        version = newVersion;
    }

    /**
     * Takes the next update.
     *
     * @param event what changed; empty where that is nothing of this reader's
     * @return whether an event was sent
     */
    boolean update(Optional<EncodedEvent> event, long newVersion) {
        if (lagging) {
            return false;
        }
        if (event.isPresent() && sink.full()) {
            lagging = true;
            return false;
        }
        event.ifPresent(this::say);
        version = newVersion;
        return event.isPresent();
    }

    /**
     * The queue has drained.
     *
     * @return whether an event was sent
     */
    boolean drained() {
        if (!lagging) {
            return false;
        }
        lagging = false;
        Optional<EncodedEvent> event = group.since(version);
        event.ifPresent(this::say);
        version = group.version();
        return event.isPresent();
    }

    /** Sends a heartbeat if the reader has heard nothing for that long. */
    void heartbeat(long silenceNanos) {
        if (nanos.getAsLong() - lastNanos >= silenceNanos && !sink.full()) {
            say(EventText.HEARTBEAT);
        }
    }

    /**
     * Whether something is waiting and the network has taken nothing for that long. To be asked again and again: progress
     * counts from when it was seen.
     */
    boolean stuck(long patienceNanos) {
        int waiting = sink.waiting();
        if (waiting == 0 || sent - waiting != taken) {
            taken = sent - waiting;
            progressNanos = nanos.getAsLong();
            return false;
        }
        return nanos.getAsLong() - progressNanos >= patienceNanos;
    }

    /** Ends the stream after what is waiting. */
    void end(EncodedEvent last) {
        sink.end(last);
    }

    /** Ends the stream at once. */
    void cut() {
        sink.cut();
    }
}
