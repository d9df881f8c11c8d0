package io.ratemesh.balancer.listener;

import org.jspecify.annotations.Nullable;

/** The place of one open connection within a {@link ConnectionLimit}. One thread at a time uses it. */
public final class ConnectionSlot {

    private final ConnectionLimit limit;
    private @Nullable Long client;
    private boolean released;

    private ConnectionSlot(ConnectionLimit limit) {
        this.limit = limit;
    }

    /** Counts a connection; null where there are too many. */
    public static @Nullable ConnectionSlot acquire(ConnectionLimit limit) {
        return limit.acquire() ? new ConnectionSlot(limit) : null;
    }

    /**
     * Counts the connection as one of a client's as well.
     *
     * @param network as {@link ClientNetwork} has it
     * @return false where that client has too many; then the slot is released
     */
    public boolean assign(long network) {
        if (limit.assign(network)) {
            client = network;
            return true;
        }
        released = true;
        return false;
    }

    /** The connection is closed. A second call has no effect. */
    public void release() {
        if (released) {
            return;
        }
        released = true;
        if (client == null) {
            limit.release();
        } else {
            limit.release(client);
        }
    }
}
