package io.ratemesh.node.announce;

import java.time.Duration;

/**
 * Whether a node receives the announcements that it sends, one a second. If not, the cluster has lost its subscriptions, and they must be
 * renewed; until that helps, the leases of other nodes say nothing.
 *
 * <p>Not thread-safe: one event loop owns it. The caller supplies the time.
 */
final class OwnAnnouncements {

    /** Two announcements are missing then; shorter than {@link NodeLeases#LEASE}. */
    static final Duration PATIENCE = Duration.ofMillis(2300);

    /** The time for a renewal to help before the next one. */
    static final Duration RENEWAL = Duration.ofSeconds(2);

    /** After so long without an announcement the leases count again: the node may have lost more than its subscriptions. */
    static final Duration LIMIT = Duration.ofSeconds(20);

    private boolean hasReceived;
    private long receivedNanos;
    private long checkedNanos;
    private long renewedNanos;

    enum Check {
        RECEIVED,
        MISSING,
        /** Missing, and it is time to renew. */
        RENEW
    }

    void received(long nowNanos) {
        hasReceived = true;
        receivedNanos = nowNanos;
        renewedNanos = nowNanos;
    }

    /**
     * Call it more often than {@link NodeLeases#MAX_INTERVAL}: a longer time between two calls means that this process was stopped, and does
     * not count.
     */
    Check check(long nowNanos) {
        long passed = nowNanos - checkedNanos;
        checkedNanos = nowNanos;
        if (passed > NodeLeases.MAX_INTERVAL.toNanos()) {
            receivedNanos += passed;
            renewedNanos += passed;
        }
        long silence = nowNanos - receivedNanos;
        // A node that starts has sent none yet.
        if (!hasReceived || silence < PATIENCE.toNanos()) {
            return Check.RECEIVED;
        }
        if (nowNanos - renewedNanos < RENEWAL.toNanos()) {
            return silence > LIMIT.toNanos() ? Check.RECEIVED : Check.MISSING;
        }
        renewedNanos = nowNanos;
        return Check.RENEW;
    }
}
