package io.ratemesh.balancer.scale;

import io.ratemesh.node.NodeState;
import io.ratemesh.node.announce.Announcement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Converters that were launched and are not ready yet. After a failure the next launch waits: 5 s, 10 s and so on to 5 min. */
final class PendingLaunches {

    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(5);
    private static final Duration MAX_BACKOFF = Duration.ofMinutes(5);
    private static final Duration POSTPONED = Duration.ofSeconds(2);

    private static final class Launch {

        private final long deadlineNanos;
        private boolean announced;

        Launch(long deadlineNanos) {
            this.deadlineNanos = deadlineNanos;
        }
    }

    private final Map<String, Launch> launches = new HashMap<>();
    private int requested;
    private int failures;
    private boolean blocked;
    private long blockedUntilNanos;
    private String why = "";

    /** Launches that are known to nobody else: requested from the launcher, or started and not announced. */
    int unannounced() {
        return requested
                + (int) launches.values().stream()
                        .filter(launch -> !launch.announced)
                        .count();
    }

    /** All that are not ready. */
    int count() {
        return requested + launches.size();
    }

    void requested(int count) {
        requested = count;
    }

    void started(List<String> ids, long deadlineNanos) {
        requested = 0;
        ids.forEach(id -> launches.put(id, new Launch(deadlineNanos)));
    }

    /** The launcher failed. */
    void failed(String reason, long nowNanos) {
        requested = 0;
        Duration backoff = FIRST_BACKOFF.multipliedBy(1L << Math.min(failures, 10));
        failures++;
        block(
                backoff.compareTo(MAX_BACKOFF) < 0 ? backoff : MAX_BACKOFF,
                "the last launch failed: " + reason,
                nowNanos);
    }

    /** The launcher was busy. */
    void postponed(String reason, long nowNanos) {
        requested = 0;
        block(POSTPONED, reason, nowNanos);
    }

    private void block(Duration time, String reason, long nowNanos) {
        blocked = true;
        blockedUntilNanos = nowNanos + time.toNanos();
        why = reason;
    }

    /** Why nothing may be launched now, with the time left; empty if it may. */
    String blocker(long nowNanos) {
        blocked &= blockedUntilNanos - nowNanos > 0;
        long seconds =
                Duration.ofNanos(blockedUntilNanos - nowNanos).plusMillis(999).toSeconds();
        return blocked ? why + "; next attempt in " + seconds + " s" : "";
    }

    /**
     * Follows the launched converters.
     *
     * @return the failures, each with the id of the converter first
     */
    List<String> update(Collection<Announcement> nodes, long nowNanos) {
        Map<String, Announcement> present =
                nodes.stream().collect(Collectors.toMap(Announcement::id, Function.identity()));
        List<String> failed = new ArrayList<>();
        for (Iterator<Map.Entry<String, Launch>> all = launches.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<String, Launch> each = all.next();
            Launch launch = each.getValue();
            Announcement node = present.get(each.getKey());
            if (node != null && node.state() != NodeState.STARTING) {
                all.remove();
                failures = 0;
            } else if (nowNanos - launch.deadlineNanos >= 0) {
                all.remove();
                failed.add(each.getKey() + " was not ready in time");
            } else if (node == null && launch.announced) {
                all.remove();
                failed.add(each.getKey() + " ended before it was ready");
            } else {
                launch.announced = node != null;
            }
        }
        failed.forEach(reason -> failed(reason, nowNanos));
        return failed;
    }
}
