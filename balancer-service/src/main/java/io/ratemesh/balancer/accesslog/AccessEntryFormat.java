package io.ratemesh.balancer.accesslog;

import io.ratemesh.node.accesslog.LineBuffer;

/** Formats an entry as a line. One thread uses it. */
interface AccessEntryFormat {

    /** Appends one line, with its line end. */
    void write(AccessEntry entry, ConcurrencySnapshot concurrency, LineBuffer to);
}
