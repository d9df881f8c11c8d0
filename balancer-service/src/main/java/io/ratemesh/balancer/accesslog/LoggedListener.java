package io.ratemesh.balancer.accesslog;

import java.util.function.LongSupplier;

/**
 * A listener as it appears in the log.
 *
 * @param name as in statistics
 * @param encrypted whether it speaks TLS
 * @param connections open there, on all event loops; called by the writer
 * @param totalConnections open at all listeners, on all event loops; called by the writer
 */
public record LoggedListener(String name, boolean encrypted, LongSupplier connections, LongSupplier totalConnections) {

    /** The name with HAProxy's mark for TLS ({@code %ft}, configuration manual 8.2.6). */
    String markedName() {
        return encrypted ? name + "~" : name;
    }
}
