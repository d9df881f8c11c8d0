package io.ratemesh.balancer.loadbalance;

import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.UpstreamCounts;
import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Function;

/**
 * The upstreams of a pool on one event loop, at one moment.
 *
 * @param members in the pool
 * @param departing removed from the pool, with requests under way
 * @param departedCounts of those that are removed and have no requests any more
 */
record Membership(List<UpstreamOnLoop> members, List<UpstreamOnLoop> departing, UpstreamCounts departedCounts) {

    static final Membership EMPTY = new Membership(List.of(), List.of(), UpstreamCounts.NONE);

    /**
     * The membership after a change of the pool. Members that stay keep their counts.
     *
     * @param all upstreams of the pool
     * @param join creates the member of a new upstream
     */
    Membership with(List<Upstream> all, Function<Upstream, UpstreamOnLoop> join) {
        IdentityHashMap<Upstream, UpstreamOnLoop> known = new IdentityHashMap<>();
        members.forEach(member -> known.put(member.upstream(), member));
        List<UpstreamOnLoop> next = new ArrayList<>(all.size());
        for (Upstream upstream : all) {
            UpstreamOnLoop member = known.remove(upstream);
            next.add(member == null ? join.apply(upstream) : member);
        }
        List<UpstreamOnLoop> removed = new ArrayList<>(departing);
        removed.addAll(known.values());
        return new Membership(List.copyOf(next), List.copyOf(removed), departedCounts);
    }

    /** The membership after departing upstreams without requests have departed. */
    Membership withoutDeparted() {
        List<UpstreamOnLoop> left = new ArrayList<>();
        UpstreamCounts departed = departedCounts;
        for (UpstreamOnLoop each : departing) {
            if (each.inFlight() > 0) {
                left.add(each);
            } else {
                departed = departed.plus(each.counts());
            }
        }
        return new Membership(members, List.copyOf(left), departed);
    }
}
