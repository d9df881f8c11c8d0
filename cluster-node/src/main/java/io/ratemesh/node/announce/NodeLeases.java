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
 * Who is there, as far as announcements tell: a node is there while its lease runs, and its lease runs while it says so.
 * Nothing here has to be cleaned up and nothing can go stale.
 *
 * <pre>
 *   announce   announce        (silence)
 *      |----------|----------------------------x
 *      0          1 s                          4 s: the lease of 3 s is over
 * </pre>
 *
 * <p>A process that was stopped for a while (SIGSTOP, a sleeping laptop, a long collection) has heard nobody, and that
 * is its own doing: leases then run on by as long as it was away.
 *
 * <p>Not thread-safe: one event loop owns it. Time is the caller's.
 */
public final class NodeLeases {

    /** How long a node is believed to be there without a word. */
    public static final Duration LEASE = Duration.ofSeconds(3);

    /** Between two looks at the leases no more time passes than this, or this process was not running. */
    static final Duration AWAY = Duration.ofSeconds(1);

    private final Map<String, Lease> leases = new TreeMap<>();
    private long lastLookNanos;
    private boolean looked;

    private record Lease(Announcement announcement, long untilNanos) {}

    /**
     * Takes an announcement.
     *
     * @param announcement what a node said
     * @param nowNanos a monotonic clock
     * @return what it said before; empty for a newcomer
     */
    public Optional<Announcement> renew(Announcement announcement, long nowNanos) {
        Lease before = leases.put(announcement.id(), new Lease(announcement, nowNanos + LEASE.toNanos()));
        return Optional.ofNullable(before).map(Lease::announcement);
    }

    /**
     * Ends the leases that are over, and says whose they were. To be called several times within {@link #AWAY}.
     *
     * @param nowNanos a monotonic clock
     */
    public List<Announcement> expire(long nowNanos) {
        long passed = looked ? nowNanos - lastLookNanos : 0;
        lastLookNanos = nowNanos;
        looked = true;
        if (passed > AWAY.toNanos()) {
            leases.replaceAll((id, lease) -> new Lease(lease.announcement(), lease.untilNanos() + passed));
        }
        return end(lease -> nowNanos - lease.untilNanos() >= 0);
    }

    /** Ends the lease of the node on a Hazelcast member that left. */
    public List<Announcement> memberLeft(String member) {
        return end(lease -> lease.announcement().member().equals(member));
    }

    /** The last word of everyone who is there, by id. */
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
