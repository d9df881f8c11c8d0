package io.ratemesh.converter.stream;

import io.vertx.core.buffer.Buffer;

/** Where a reader's events go. */
interface EventSink {

    /** Whether more is waiting to be sent than should. */
    boolean full();

    /** Sends without waiting; {@code sent} is called when the network took it, or never. */
    void send(Buffer event, Runnable sent);

    /** Ends the stream after what is waiting, and {@code last}. */
    void end(Buffer last);

    /** Ends the stream at once. */
    void cut();
}
