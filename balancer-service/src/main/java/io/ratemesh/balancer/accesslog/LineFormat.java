package io.ratemesh.balancer.accesslog;

/** How a line looks. One thread uses it. */
interface LineFormat {

    /** Appends one line, its end included. */
    void write(AccessEntry entry, ConcurrencySnapshot around, LineBuffer to);
}
