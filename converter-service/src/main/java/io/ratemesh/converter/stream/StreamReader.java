package io.ratemesh.converter.stream;

import io.vertx.core.buffer.Buffer;
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
    private final Runnable sent = this::sent;
    private long version;
    private boolean lagging;
    private int unsent;
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
    void say(Buffer text) {
        if (unsent == 0) {
            progressNanos = nanos.getAsLong();
        }
        unsent++;
        lastNanos = nanos.getAsLong();
        sink.send(text, sent);
    }

    /** Sends all that the reader wants of a book. */
    void snapshot(Buffer event, long newVersion) {
        say(event);
        version = newVersion;
    }

    /**
     * Takes the next update.
     *
     * @param event what changed; empty where that is nothing of this reader's
     * @return whether an event was sent
     */
    boolean update(Optional<Buffer> event, long newVersion) {
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
        Optional<Buffer> event = group.since(version);
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

    /** Whether the network has taken nothing for that long of what is waiting. */
    boolean stuck(long patienceNanos) {
        return unsent > 0 && nanos.getAsLong() - progressNanos >= patienceNanos;
    }

    /** Ends the stream after what is waiting. */
    void end(Buffer last) {
        sink.end(last);
    }

    /** Ends the stream at once. */
    void cut() {
        sink.cut();
    }

    private void sent() {
        unsent--;
        progressNanos = nanos.getAsLong();
    }
}
