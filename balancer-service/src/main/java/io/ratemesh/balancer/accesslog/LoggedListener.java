package io.ratemesh.balancer.accesslog;

import java.util.function.LongSupplier;

/**
 * An address of the front door, as its log has it.
 *
 * @param name as statistics call it
 * @param encrypted whether TLS is spoken there
 * @param connections open there now, on all loops; asked by the writer
 */
public record LoggedListener(String name, boolean encrypted, LongSupplier connections) {

    /** With HAProxy's mark of a frontend over TLS ({@code %ft} in its configuration manual, 8.2.6). */
    String marked() {
        return encrypted ? name + "~" : name;
    }
}
