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
        List<Upstream> well = primaries(all, upstream -> upstream.availability().takesRequests());
        List<Upstream> eligible = well;
        if (moreThanHalfGone(all) && !well.isEmpty()) {
            eligible = primaries(all, upstream -> upstream.availability().takesRequests() || ill(upstream));
        }
        if (eligible.isEmpty()) {
            eligible = some(all, upstream -> upstream.availability().takesRequests());
        }
        boolean panic = eligible.isEmpty() || (!well.isEmpty() && eligible.size() > well.size());
        if (eligible.isEmpty()) {
            eligible = some(all, EligibleUpstreams::ill);
        }
        if (eligible.isEmpty()) {
            eligible = some(all, upstream -> upstream.availability().gone() && !refusing(upstream));
        }
        if (eligible.isEmpty() && !settings.hasChecks()) {
            eligible = some(all, upstream -> upstream.availability().gone());
        }
        List<Integer> weights = eligible.stream()
                .map(upstream -> upstream.effectiveWeight(settings.slowStart(), now))
                .toList();
        return new EligibleUpstreams(all, eligible, weights, panic && !eligible.isEmpty(), settings);
    }

    /** Whether one more may be sent out, so that not more than half are gone: of two one may go, of one none. */
    static boolean mayLose(List<Upstream> all, Upstream one) {
        return one.backup() || 2 * (gone(all) + 1) <= inService(all);
    }

    private static boolean moreThanHalfGone(List<Upstream> all) {
        return 2 * gone(all) > inService(all);
    }

    private static int gone(List<Upstream> all) {
        return primaries(all, upstream -> upstream.availability().gone()).size();
    }

    /** Newcomers and those that an operator or they themselves took out are neither well nor gone. */
    private static int inService(List<Upstream> all) {
        return primaries(
                        all,
                        upstream -> upstream.availability().gone()
                                || upstream.availability().takesRequests())
                .size();
    }

    private static boolean ill(Upstream upstream) {
        return upstream.availability().gone()
                && !refusing(upstream)
                && (upstream.availability() == UpstreamState.EJECTED
                        || upstream.standing().answering());
    }

    private static boolean refusing(Upstream upstream) {
        return upstream.standing().refusing();
    }

    private static List<Upstream> primaries(List<Upstream> all, Predicate<Upstream> which) {
        return some(all, upstream -> !upstream.backup() && which.test(upstream));
    }

    private static List<Upstream> some(List<Upstream> all, Predicate<Upstream> which) {
        List<Upstream> some = new ArrayList<>(all.size());
        for (Upstream upstream : all) {
            if (which.test(upstream)) {
                some.add(upstream);
            }
        }
        return some;
    }
}
