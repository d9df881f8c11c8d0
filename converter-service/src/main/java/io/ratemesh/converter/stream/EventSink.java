package io.ratemesh.converter.stream;

/** Where a reader's events go. */
interface EventSink {

    /** Whether more is waiting to be sent than should. */
    boolean full();

    /** Sends without waiting. */
    void send(EncodedEvent event);

    /** How many of the events that were sent the network has not taken whole. */
    int waiting();

    /** Ends the stream after what is waiting, and {@code last}. */
    void end(EncodedEvent last);

    /** Ends the stream at once, and forgets what is waiting. */
    void cut();
}
