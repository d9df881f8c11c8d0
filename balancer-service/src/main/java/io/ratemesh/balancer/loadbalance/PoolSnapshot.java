package io.ratemesh.balancer.loadbalance;

import io.ratemesh.balancer.upstream.LatencyHistogram;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.UpstreamCounts;
import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import io.ratemesh.balancer.upstream.UpstreamSnapshot;
import io.ratemesh.node.settings.PoolSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of a pool at one moment. The words in brackets are HAProxy's.
 *
 * @param name its name (pxname)
 * @param settings as they are now
 * @param active servers that take requests and are no backups (act)
 * @param backups backups that could (bck)
 * @param panic whether servers that are ill are tried as well, since so many are
 * @param timeInState how long it has been able to serve, or unable (lastchg)
 * @param downtime how long it was unable to in all (downtime)
 * @param timesDown how often it became unable to (chkdown)
 * @param queued requests in the lines of all loops (qcur)
 * @param maxQueued the sum of what waited at most on each loop: no fewer than ever waited at once (qmax)
 * @param retriesGranted requests that were tried once more at the budget's cost
 * @param retriesDenied those that the budget did not allow
 * @param retriesLeft how many it would allow now
 * @param counts of all requests, also those of servers that leave or are gone
 * @param p50 of the times to the first byte of an answer, over the last 30 to 60 s; zero without any
 * @param p99 the time within which 99 % of them came
 * @param servers in the pool's order
 * @param takenNanos when, in the pool's time
 */
public record PoolSnapshot(
        String name,
        PoolSettings settings,
        int active,
        int backups,
        boolean panic,
        Duration timeInState,
        Duration downtime,
        int timesDown,
        int queued,
        int maxQueued,
        long retriesGranted,
        long retriesDenied,
        long retriesLeft,
        UpstreamCounts counts,
        Duration p50,
        Duration p99,
        List<UpstreamSnapshot> servers,
        long takenNanos) {

    /** How long ago the last request of those counted was sent; empty where none was (lastsess). */
    public Optional<Duration> sinceLastRequest(UpstreamCounts counted) {
        return counted.lastRequestNanos() == UpstreamCounts.NEVER
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(takenNanos - counted.lastRequestNanos()));
    }

    static PoolSnapshot of(
            PoolSettings settings,
            EligibleUpstreams roster,
            List<PoolOnLoop> loops,
            Duration since,
            Duration downtime,
            int timesDown,
            long now) {
        IdentityHashMap<Upstream, Tally> tallies = new IdentityHashMap<>();
        roster.all().forEach(upstream -> tallies.put(upstream, new Tally()));
        Tally all = new Tally();
        for (PoolOnLoop loop : loops) {
            PoolOnLoop.Membership roll = loop.membership();
            all.add(roll.departedCounts());
            roll.departing().forEach(each -> all.add(each.counts()));
            for (UpstreamOnLoop member : roll.members()) {
                all.add(member);
                Tally own = tallies.get(member.upstream());
                if (own != null) {
                    own.add(member);
                }
            }
        }
        List<UpstreamSnapshot> servers = new ArrayList<>();
        for (Upstream upstream : roster.all()) {
            Tally own = Objects.requireNonNull(tallies.get(upstream));
            servers.add(upstream.snapshot(settings, own.counts, own.latencies, now));
        }
        return new PoolSnapshot(
                settings.name(),
                settings,
                serving(roster, false),
                serving(roster, true),
                roster.panic(),
                since,
                downtime,
                timesDown,
                loops.stream().mapToInt(loop -> loop.queue().length()).sum(),
                loops.stream().mapToInt(loop -> loop.queue().maxLength()).sum(),
                loops.stream().mapToLong(loop -> loop.retryBudget().granted()).sum(),
                loops.stream().mapToLong(loop -> loop.retryBudget().denied()).sum(),
                loops.stream().mapToLong(loop -> loop.retryBudget().remaining()).sum(),
                all.counts,
                Duration.ofNanos(all.latencies.quantile(0.5)),
                Duration.ofNanos(all.latencies.quantile(0.99)),
                List.copyOf(servers),
                now);
    }

    /** What the loops counted of one or of all. */
    private static final class Tally {

        private final LatencyHistogram.Sum latencies = new LatencyHistogram.Sum();
        private UpstreamCounts counts = UpstreamCounts.NONE;

        void add(UpstreamOnLoop member) {
            add(member.counts());
            latencies.add(member.latencies());
        }

        void add(UpstreamCounts more) {
            counts = counts.plus(more);
        }
    }

    private static int serving(EligibleUpstreams roster, boolean backup) {
        return (int) roster.all().stream()
                .filter(upstream ->
                        upstream.isBackup() == backup && upstream.state().isServing())
                .count();
    }
}
