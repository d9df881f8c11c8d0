package io.ratemesh.balancer.upstream.health;

import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.UpstreamState;
import io.ratemesh.node.settings.CheckSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * When each upstream is checked next. Computed at each tick from the last check, the state and the current settings: nothing is
 * scheduled ahead, so no failure can lose a check.
 *
 * <pre>
 *   new           |check|------ random part of the interval ------|check|--- interval +- 10 % ---|check ...
 *   transitional  |check|-- fast interval --|check|-- fast interval --|check ...
 * </pre>
 *
 * <p>The first pause is random, so that servers that start together are not always checked together.
 */
final class CheckTimetable {

    /** How long after its timeout a check without a result is abandoned. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private static final double JITTER = 0.1;

    private final RandomGenerator random;
    private final IdentityHashMap<Upstream, Entry> entries = new IdentityHashMap<>();
    private List<Upstream> upstreams = List.of();
    private long started;

    /**
     * A check to be run.
     *
     * @param number unique to this check
     */
    record ScheduledCheck(Upstream upstream, long number) {}

    private static final class Entry {
        private long startNanos;
        private long open;
        private boolean now = true;
        private double intervalFactor;
        private boolean checkedBefore;
    }

    CheckTimetable(RandomGenerator random) {
        this.random = random;
    }

    /** The checks that are due; each counts as started. An upstream has at most one check under way. */
    List<ScheduledCheck> due(List<Upstream> present, CheckSettings settings, long nowNanos) {
        if (present != upstreams) {
            upstreams = present;
            entries.keySet().retainAll(Set.copyOf(present));
        }
        List<ScheduledCheck> due = new ArrayList<>();
        if (settings.kind() == CheckSettings.Kind.NONE) {
            return due;
        }
        for (Upstream upstream : present) {
            Entry entry = entries.computeIfAbsent(upstream, ignored -> new Entry());
            if (upstream.state() != UpstreamState.MAINTENANCE && isDue(entry, upstream, settings, nowNanos)) {
                entry.intervalFactor = entry.checkedBefore ? randomFactor() : random.nextDouble(JITTER, 1);
                entry.checkedBefore = true;
                entry.startNanos = nowNanos;
                entry.now = false;
                entry.open = ++started;
                due.add(new ScheduledCheck(upstream, entry.open));
            }
        }
        return due;
    }

    /** Makes the check of an upstream due at the next tick. */
    void scheduleNow(Upstream upstream) {
        Entry entry = entries.get(upstream);
        if (entry != null) {
            entry.now = true;
        }
    }

    /** A check has a result; false if the check was abandoned. */
    boolean complete(ScheduledCheck scheduled) {
        Entry entry = entries.get(scheduled.upstream());
        if (entry == null || entry.open != scheduled.number()) {
            return false;
        }
        entry.open = 0;
        return true;
    }

    private static boolean isDue(Entry entry, Upstream upstream, CheckSettings settings, long nowNanos) {
        long passed = nowNanos - entry.startNanos;
        if (entry.open != 0) {
            return passed >= settings.timeout().plus(GRACE).toNanos();
        }
        Duration interval = upstream.needsFastChecks() ? settings.fastInterval() : settings.interval();
        return entry.now || passed >= (long) (interval.toNanos() * entry.intervalFactor);
    }

    private double randomFactor() {
        return random.nextDouble(1 - JITTER, 1 + JITTER);
    }
}
