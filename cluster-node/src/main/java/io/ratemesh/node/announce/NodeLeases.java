package io.ratemesh.node.announce;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The present nodes: each announcement renews the lease of its node.
 *
 * <pre>
 *   announce   announce        (nothing)
 *      |----------|----------------------------x
 *      0          1 s                          4 s: the lease of 3 s expires
 * </pre>
 *
 * <p>A process that was stopped for a while (SIGSTOP, a sleeping laptop, a long collection) received no announcements, so all
 * leases are extended by the length of the pause.
 *
 * <p>Not thread-safe: one event loop owns it. The caller supplies the time.
 */
public final class NodeLeases {

    /** How long a node counts as present without an announcement. */
    public static final Duration LEASE = Duration.ofSeconds(3);

    /** A longer time between two calls of {@link #expire} means that this process was stopped. */
    static final Duration MAX_INTERVAL = Duration.ofSeconds(1);

    private final Map<String, Lease> leases = new TreeMap<>();
    private long lastExpiryNanos;
    private boolean hasExpired;

    private record Lease(Announcement announcement, long untilNanos) {}

    /**
     * Renews the lease of a node.
     *
     * @param announcement of the node
     * @param nowNanos a monotonic clock
     * @return its previous announcement; empty for a new node
     */
    public Optional<Announcement> renew(Announcement announcement, long nowNanos) {
        Lease before = leases.put(announcement.id(), new Lease(announcement, nowNanos + LEASE.toNanos()));
        return Optional.ofNullable(before).map(Lease::announcement);
    }

    /**
     * Removes the expired leases and returns their nodes. Call it more often than every {@link #MAX_INTERVAL}.
     *
     * @param nowNanos a monotonic clock
     */
    public List<Announcement> expire(long nowNanos) {
        long passed = hasExpired ? nowNanos - lastExpiryNanos : 0;
        lastExpiryNanos = nowNanos;
        hasExpired = true;
        if (passed > MAX_INTERVAL.toNanos()) {
            leases.replaceAll((id, lease) -> new Lease(lease.announcement(), lease.untilNanos() + passed));
        }
        return end(lease -> nowNanos - lease.untilNanos() >= 0);
    }

    /** Removes the lease of the node on a Hazelcast member that left. */
    public List<Announcement> memberLeft(String member) {
        return end(lease -> lease.announcement().member().equals(member));
    }

    /** The latest announcement of each present node, by id. */
    public Collection<Announcement> present() {
        return leases.values().stream().map(Lease::announcement).toList();
    }

    private List<Announcement> end(Predicate<Lease> over) {
        List<Announcement> ended = new ArrayList<>();
        for (Iterator<Lease> each = leases.values().iterator(); each.hasNext(); ) {
            Lease lease = each.next();
            if (over.test(lease)) {
                each.remove();
                ended.add(lease.announcement());
            }
        }
        return ended;
    }
}
