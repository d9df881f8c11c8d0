package io.ratemesh.balancer.accesslog;

import io.ratemesh.balancer.listener.Listener;
import io.ratemesh.node.accesslog.LineBuffer;
import io.ratemesh.node.accesslog.LineFormat;
import org.jspecify.annotations.Nullable;

/** Adds to each entry what else is in flight. Connections are counted once per batch and listener. */
final class ConcurrencyLineFormat implements LineFormat<AccessEntry> {

    private final AccessEntryFormat format;
    private @Nullable Listener counted;
    private long total;
    private long atListener;

    ConcurrencyLineFormat(AccessEntryFormat format) {
        this.format = format;
    }

    @Override
    public void startBatch() {
        counted = null;
    }

    @Override
    public void write(AccessEntry entry, LineBuffer to) {
        Listener listener = entry.listener();
        if (!listener.equals(counted)) {
            counted = listener;
            atListener = listener.connectionsOpen();
            total = listener.totalConnectionsOpen();
        }
        format.write(entry, ConcurrencySnapshot.of(entry, total, atListener), to);
    }
}
