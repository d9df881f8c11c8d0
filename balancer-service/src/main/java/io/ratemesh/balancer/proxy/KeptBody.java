package io.ratemesh.balancer.proxy;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** The begin of a request body, kept for the case that an upstream refuses the request. */
final class KeptBody {

    /** In bytes. A request that is refused is refused at once, so few of them are sent by then. */
    static final int MAX_BYTES = 64 * 1024;

    private final List<Buffer> parts = new ArrayList<>(2);
    private int bytes;
    private boolean complete;

    /** A part was sent. */
    void add(Buffer part) {
        bytes = Math.min(MAX_BYTES + 1, bytes + part.length());
        if (isExceeded()) {
            parts.clear();
        } else {
            parts.add(part.copy());
        }
    }

    /** The last part was sent. */
    void complete() {
        complete = true;
    }

    boolean isComplete() {
        return complete;
    }

    /** Whether more was sent than is kept. */
    boolean isExceeded() {
        return bytes > MAX_BYTES;
    }

    /** All that was sent, unless that {@link #isExceeded()}. */
    List<Buffer> parts() {
        return parts;
    }
}
