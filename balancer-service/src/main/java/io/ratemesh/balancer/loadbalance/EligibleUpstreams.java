package io.ratemesh.balancer.loadbalance;

import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.UpstreamState;
import io.ratemesh.node.settings.PoolSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Whom a pool's requests may go to, drawn up anew at each change, so that a request only has to look at these.
 *
 * <p>Those that take requests, backups only while no other does. With more than half of the others gone, by checks or by
 * ejection, so many are hardly ill each by itself (panic): those that at least answer are tried as well. Where nobody is left,
 * even those that do not answer are tried rather than none; those that refuse connections only where no check would find out
 * that they are back, since a request that waits is served sooner than one that was refused.
 *
 * @param all of the pool, whatever their state
 * @param eligible whom requests may go to, in the pool's order
 * @param weights of those, in hundredths
 * @param panic whether some of them are ill
 * @param settings as they were when it was drawn up
 */
record EligibleUpstreams(
        List<Upstream> all, List<Upstream> eligible, List<Integer> weights, boolean panic, PoolSettings settings) {

    static EligibleUpstreams of(List<Upstream> all, PoolSettings settings, long now) {
        List<Upstream> well = primaries(all, upstream -> upstream.state().isServing());
        List<Upstream> eligible = well;
        if (isMajorityFailed(all) && !well.isEmpty()) {
            eligible = primaries(all, upstream -> upstream.state().isServing() || isPanicCandidate(upstream));
        }
        if (eligible.isEmpty()) {
            eligible = filter(all, upstream -> upstream.state().isServing());
        }
        boolean panic = eligible.isEmpty() || (!well.isEmpty() && eligible.size() > well.size());
        if (eligible.isEmpty()) {
            eligible = filter(all, EligibleUpstreams::isPanicCandidate);
        }
        if (eligible.isEmpty()) {
            eligible = filter(all, upstream -> upstream.state().hasFailed() && !isRefusingConnections(upstream));
        }
        if (eligible.isEmpty() && !settings.hasChecks()) {
            eligible = filter(all, upstream -> upstream.state().hasFailed());
        }
        List<Integer> weights = eligible.stream()
                .map(upstream -> upstream.effectiveWeight(settings.slowStart(), now))
                .toList();
        return new EligibleUpstreams(all, eligible, weights, panic && !eligible.isEmpty(), settings);
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
        return primaries(all, upstream -> upstream.state().hasFailed()).size();
    }

    /** Newcomers and those that an operator or they themselves took out are neither well nor gone. */
    private static int inService(List<Upstream> all) {
        return primaries(
                        all,
                        upstream ->
                                upstream.state().hasFailed() || upstream.state().isServing())
                .size();
    }

    private static boolean isPanicCandidate(Upstream upstream) {
        return upstream.state().hasFailed()
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
