package io.ratemesh.balancer.loadbalance;

import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.UpstreamState;
import io.ratemesh.node.settings.PoolSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The upstreams that requests of a pool may go to, computed at each change of the pool.
 *
 * <p>Those in service; backups only while no other is. With more than half of the others down or ejected (panic threshold),
 * upstreams that respond at all are eligible as serving. Where none is left, those that do not respond are eligible too; those that
 * refuse connections only without checks, because with checks a queued request is served as soon as one is up again. An upstream that is
 * down because its agent says so is never eligible.
 *
 * @param all of the pool, whatever their state
 * @param eligible in the pool's order
 * @param weights of those, in hundredths
 * @param limits of their requests in flight; 0 is no limit
 * @param panic whether some of them are down or ejected
 * @param settings as of the computation
 */
record EligibleUpstreams(
        List<Upstream> all,
        List<Upstream> eligible,
        List<Integer> weights,
        List<Integer> limits,
        boolean panic,
        PoolSettings settings) {

    static EligibleUpstreams of(List<Upstream> all, PoolSettings settings, long now) {
        List<Upstream> serving = primaries(all, upstream -> upstream.state().isServing());
        List<Upstream> eligible = serving;
        if (isMajorityFailed(all) && !serving.isEmpty()) {
            eligible = primaries(all, upstream -> upstream.state().isServing() || isPanicCandidate(upstream));
        }
        if (eligible.isEmpty()) {
            eligible = filter(all, upstream -> upstream.state().isServing());
        }
        boolean panic = eligible.isEmpty() || (!serving.isEmpty() && eligible.size() > serving.size());
        if (eligible.isEmpty()) {
            eligible = filter(all, EligibleUpstreams::isPanicCandidate);
        }
        if (eligible.isEmpty()) {
            eligible = filter(all, upstream -> hasFailed(upstream) && !isRefusingConnections(upstream));
        }
        if (eligible.isEmpty() && !settings.hasChecks()) {
            eligible = filter(all, EligibleUpstreams::hasFailed);
        }
        List<Integer> weights = eligible.stream()
                .map(upstream -> upstream.effectiveWeight(settings.slowStart(), now))
                .toList();
        List<Integer> limits = eligible.stream()
                .map(upstream -> upstream.maxInFlight(settings))
                .toList();
        return new EligibleUpstreams(all, eligible, weights, limits, panic && !eligible.isEmpty(), settings);
    }

    /**
     * Whether one more upstream may be ejected.
     *
     * @param maxPercent of the upstreams in service that may be down or ejected then
     */
    static boolean canEject(List<Upstream> all, Upstream upstream, int maxPercent) {
        return upstream.isBackup() || 100 * (failed(all) + 1) <= maxPercent * inService(all);
    }

    private static boolean isMajorityFailed(List<Upstream> all) {
        return 2 * failed(all) > inService(all);
    }

    private static int failed(List<Upstream> all) {
        return primaries(all, EligibleUpstreams::hasFailed).size();
    }

    /** In service or failed; new, draining and maintained upstreams, and those that are down by their agent, do not count. */
    private static int inService(List<Upstream> all) {
        return primaries(
                        all, upstream -> hasFailed(upstream) || upstream.state().isServing())
                .size();
    }

    private static boolean hasFailed(Upstream upstream) {
        return upstream.state().hasFailed() && !upstream.health().isDownByAgent();
    }

    private static boolean isPanicCandidate(Upstream upstream) {
        return hasFailed(upstream)
                && !isRefusingConnections(upstream)
                && (upstream.state() == UpstreamState.EJECTED
                        || upstream.health().isResponsive());
    }

    private static boolean isRefusingConnections(Upstream upstream) {
        return upstream.health().isRefusingConnections();
    }

    private static List<Upstream> primaries(List<Upstream> all, Predicate<Upstream> which) {
        return filter(all, upstream -> !upstream.isBackup() && which.test(upstream));
    }

    private static List<Upstream> filter(List<Upstream> all, Predicate<Upstream> which) {
        List<Upstream> some = new ArrayList<>(all.size());
        for (Upstream upstream : all) {
            if (which.test(upstream)) {
                some.add(upstream);
            }
        }
        return some;
    }
}
