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
 * A pool at one moment. HAProxy's columns are in brackets.
 *
 * @param name its name (pxname)
 * @param settings as they are now
 * @param active servers in service, without backups (act)
 * @param backups backups in service (bck)
 * @param panic whether servers that are down or ejected get requests as well, because most are
 * @param timeInState time since it became able or unable to serve (lastchg)
 * @param downtime total time unable to serve (downtime)
 * @param downTransitions number of times it became unable to serve (chkdown)
 * @param queued queued requests on all loops (qcur)
 * @param maxQueued the sum of the maximum queue lengths of the loops (qmax)
 * @param retriesGranted retries granted by the budget
 * @param retriesDenied retries denied by the budget
 * @param retriesLeft retries left in the budget
 * @param streams streams and tunnels among the requests in flight
 * @param counts of all requests, those to removed servers included
 * @param p50 median time to the first byte of a response, over the last 30 to 60 s; zero for none
 * @param p99 the time within which 99 % of them arrived
 * @param servers in the pool's order
 * @param dns how DNS fills it; empty where it has another source
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
        int downTransitions,
        int queued,
        int maxQueued,
        long retriesGranted,
        long retriesDenied,
        long retriesLeft,
        int streams,
        UpstreamCounts counts,
        Duration p50,
        Duration p99,
        List<UpstreamSnapshot> servers,
        Optional<DnsStatus> dns,
        long takenNanos) {

    /** Time since the last request; empty for none (lastsess). */
    public Optional<Duration> sinceLastRequest(UpstreamCounts counted) {
        return counted.lastRequestNanos() == UpstreamCounts.NEVER
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(takenNanos - counted.lastRequestNanos()));
    }

    static PoolSnapshot of(
            PoolSettings settings,
            EligibleUpstreams eligible,
            List<PoolOnLoop> loops,
            PoolAvailability availability,
            Optional<DnsStatus> dns,
            long now) {
        IdentityHashMap<Upstream, Tally> tallies = new IdentityHashMap<>();
        eligible.all().forEach(upstream -> tallies.put(upstream, new Tally()));
        Tally all = new Tally();
        for (PoolOnLoop loop : loops) {
            Membership membership = loop.membership();
            all.add(membership.departedCounts());
            membership.departing().forEach(each -> all.add(each.counts()));
            for (UpstreamOnLoop member : membership.members()) {
                all.add(member);
                Tally own = tallies.get(member.upstream());
                if (own != null) {
                    own.add(member);
                }
            }
        }
        List<UpstreamSnapshot> servers = new ArrayList<>();
        for (Upstream upstream : eligible.all()) {
            Tally own = Objects.requireNonNull(tallies.get(upstream));
            servers.add(upstream.snapshot(settings, own.counts, own.latencies, now));
        }
        return new PoolSnapshot(
                settings.name(),
                settings,
                serving(eligible, false),
                serving(eligible, true),
                eligible.panic(),
                availability.timeInState(now),
                availability.downtime(now),
                availability.downTransitions(),
                loops.stream().mapToInt(loop -> loop.queue().length()).sum(),
                loops.stream().mapToInt(loop -> loop.queue().maxLength()).sum(),
                loops.stream().mapToLong(loop -> loop.retryBudget().granted()).sum(),
                loops.stream().mapToLong(loop -> loop.retryBudget().denied()).sum(),
                loops.stream().mapToLong(loop -> loop.retryBudget().remaining()).sum(),
                loops.stream().mapToInt(PoolOnLoop::streams).sum(),
                all.counts,
                Duration.ofNanos(all.latencies.quantile(0.5)),
                Duration.ofNanos(all.latencies.quantile(0.99)),
                List.copyOf(servers),
                dns,
                now);
    }

    /** The sum over event loops of one upstream, or of all. */
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

    private static int serving(EligibleUpstreams eligible, boolean backup) {
        return (int) eligible.all().stream()
                .filter(upstream ->
                        upstream.isBackup() == backup && upstream.state().isServing())
                .count();
    }
}
