package io.ratemesh.converter.stream;

/** The connection of a reader, for sending events. */
interface EventSink {

    boolean isFull();

    /** Queues an event. */
    void send(EncodedEvent event);

    /** Events in the send queue. */
    int queued();

    /** Ends the stream after the queued events and a last one. */
    void end(EncodedEvent last);

    /** Aborts the stream and drops the queued events. */
    void abort();
}
