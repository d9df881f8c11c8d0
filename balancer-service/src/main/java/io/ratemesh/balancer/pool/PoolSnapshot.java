package io.ratemesh.balancer.pool;

import io.ratemesh.node.settings.PoolSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a pool at one moment. The words in brackets are HAProxy's.
 *
 * @param name its name (pxname)
 * @param settings as they are now
 * @param active servers that take requests and are no backups (act)
 * @param backups backups that could (bck)
 * @param panic whether servers that are ill are tried as well, since so many are
 * @param sinceChange how long it has been able to serve, or unable (lastchg)
 * @param downtime how long it was unable to in all (downtime)
 * @param timesDown how often it became unable to (chkdown)
 * @param waiting requests in the lines of all loops (qcur)
 * @param mostWaiting the sum of what waited at most on each loop: no fewer than ever waited at once (qmax)
 * @param retriesGranted requests that were tried once more at the budget's cost
 * @param retriesDenied those that the budget did not allow
 * @param retriesLeft how many it would allow now
 * @param counts of all requests, also those of servers that are gone
 * @param median of the times to the first byte of an answer, over the last 30 to 60 s; zero without any
 * @param slowest the time within which 99 % of them came
 * @param servers in the pool's order
 * @param takenNanos when, in the pool's time
 */
public record PoolSnapshot(
        String name,
        PoolSettings settings,
        int active,
        int backups,
        boolean panic,
        Duration sinceChange,
        Duration downtime,
        int timesDown,
        int waiting,
        int mostWaiting,
        long retriesGranted,
        long retriesDenied,
        long retriesLeft,
        UpstreamCounts counts,
        Duration median,
        Duration slowest,
        List<UpstreamSnapshot> servers,
        long takenNanos) {

    /** How long ago the last request of those counted was sent; empty where none was (lastsess). */
    public Optional<Duration> sinceUsed(UpstreamCounts counted) {
        return counted.lastUsedNanos() == UpstreamCounts.NEVER
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(takenNanos - counted.lastUsedNanos()));
    }

    static PoolSnapshot of(
            PoolSettings settings,
            Roster roster,
            List<PoolOnLoop> loops,
            Duration since,
            Duration downtime,
            int timesDown,
            long now) {
        UpstreamCounts all = loops.stream().map(PoolOnLoop::left).reduce(UpstreamCounts.NONE, UpstreamCounts::plus);
        LatencyHistogram.Sum latencies = new LatencyHistogram.Sum();
        List<UpstreamSnapshot> servers = new ArrayList<>();
        for (Upstream upstream : roster.all()) {
            List<UpstreamOnLoop> members = loops.stream()
                    .flatMap(loop -> loop.members().stream())
                    .filter(member -> member.upstream() == upstream)
                    .toList();
            LatencyHistogram.Sum own = new LatencyHistogram.Sum();
            members.forEach(member -> own.add(member.latencies()));
            members.forEach(member -> latencies.add(member.latencies()));
            UpstreamCounts counts =
                    members.stream().map(UpstreamOnLoop::counts).reduce(UpstreamCounts.NONE, UpstreamCounts::plus);
            all = all.plus(counts);
            servers.add(upstream.snapshot(settings, counts, own, now));
        }
        return new PoolSnapshot(
                settings.name(),
                settings,
                taking(roster, false),
                taking(roster, true),
                roster.panic(),
                since,
                downtime,
                timesDown,
                loops.stream().mapToInt(loop -> loop.line().length()).sum(),
                loops.stream().mapToInt(loop -> loop.line().longest()).sum(),
                loops.stream().mapToLong(loop -> loop.retries().granted()).sum(),
                loops.stream().mapToLong(loop -> loop.retries().denied()).sum(),
                loops.stream().mapToLong(loop -> loop.retries().left()).sum(),
                all,
                Duration.ofNanos(latencies.quantile(0.5)),
                Duration.ofNanos(latencies.quantile(0.99)),
                List.copyOf(servers),
                now);
    }

    private static int taking(Roster roster, boolean backup) {
        return (int) roster.all().stream()
                .filter(upstream ->
                        upstream.backup() == backup && upstream.availability().takesRequests())
                .count();
    }
}
