package io.ratemesh.balancer.proxy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Notices clients that stopped to read. What waits for such a one is held back at its upstream but for some buffers; those it
 * may keep for a while, not for ever. One event loop owns it.
 */
final class StalledClients {

    /** Who sends to a client. */
    interface Sender {

        /** The client took nothing for too long. */
        void giveUp();
    }

    private final long patienceNanos;

    /** In the order in which they stalled, since all are given the same time. */
    private final Map<Sender, Long> until = new LinkedHashMap<>();

    StalledClients(Duration patience) {
        this.patienceNanos = patience.toNanos();
    }

    /** There is more for the client than it takes. */
    void stalled(Sender sender, long nowNanos) {
        until.putIfAbsent(sender, nowNanos + patienceNanos);
    }

    /** The client reads again, or is gone. */
    void over(Sender sender) {
        until.remove(sender);
    }

    /** To be called now and then: gives up those that are too late. */
    void sweep(long nowNanos) {
        while (!until.isEmpty()) {
            Map.Entry<Sender, Long> first = until.entrySet().iterator().next();
            if (nowNanos - first.getValue() < 0) {
                return;
            }
            until.remove(first.getKey());
            first.getKey().giveUp();
        }
    }
}
