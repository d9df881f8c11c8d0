package io.ratemesh.converter.stream;

import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A reader of a stream. It either keeps up, or lags: then only the last sent version is kept, however much it misses, and it
 * gets the difference to the newest book when its queue has drained. A reader that comes from a node with a newer book lags, too,
 * until that book is here.
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
    private int delivered;
    private long progressNanos;
    private long lastNanos;

    /**
     * A reader without events yet.
     *
     * @param group of its pairs
     * @param version of the book that it has already, 0 for none
     * @param nanos a monotonic clock
     */
    StreamReader(EventSink sink, FilterGroup group, long version, LongSupplier nanos) {
        this.sink = sink;
        this.group = group;
        this.nanos = nanos;
        this.version = version;
        this.lagging = isAhead();
        this.progressNanos = nanos.getAsLong();
        this.lastNanos = progressNanos;
    }

    FilterGroup group() {
        return group;
    }

    /** Whether it has a newer book than this node. */
    boolean isAhead() {
        return version > group.version();
    }

    boolean isLagging() {
        return lagging;
    }

    void send(EncodedEvent text) {
        lastNanos = nanos.getAsLong();
        if (sink.queued() == 0) {
            progressNanos = lastNanos;
        }
        sent++;
        sink.send(text);
    }

    void snapshot(EncodedEvent event, long newVersion) {
        send(event);
        version = newVersion;
        lagging = false;
    }

    /**
     * Sends the next update, unless the reader lags.
     *
     * @param event empty when no pair of the reader has changed
     * @return whether an event was sent
     */
    boolean update(Optional<EncodedEvent> event, long newVersion) {
        if (lagging) {
            return false;
        }
        if (event.isPresent() && sink.isFull()) {
            lagging = true;
            return false;
        }
        event.ifPresent(this::send);
        version = newVersion;
        return event.isPresent();
    }

    /**
     * Sends what a lagging reader has missed; its queue has drained, or its book is here.
     *
     * @return whether an event was sent
     */
    boolean catchUp() {
        if (!lagging || isAhead()) {
            return false;
        }
        lagging = false;
        Optional<EncodedEvent> event = group.since(version);
        event.ifPresent(this::send);
        version = group.version();
        return event.isPresent();
    }

    /** Sends a heartbeat if nothing was sent for a time. */
    void heartbeat(long silenceNanos) {
        if (nanos.getAsLong() - lastNanos >= silenceNanos && !sink.isFull()) {
            send(EventText.HEARTBEAT);
        }
    }

    /**
     * Records the progress of the queue. Called at intervals: progress counts from when it is seen.
     *
     * @return whether events are queued and none was delivered for a time
     */
    boolean detectStall(long timeoutNanos) {
        int queued = sink.queued();
        if (queued == 0 || sent - queued != delivered) {
            delivered = sent - queued;
            progressNanos = nanos.getAsLong();
            return false;
        }
        return nanos.getAsLong() - progressNanos >= timeoutNanos;
    }

    void end(EncodedEvent last) {
        sink.end(last);
    }

    void abort() {
        sink.abort();
    }
}
