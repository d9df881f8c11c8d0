package io.ratemesh.balancer.loadbalance;

import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import io.ratemesh.node.settings.PoolSettings.Algorithm;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The upstreams of a pool that the requests of one event loop may go to, and the policy that chooses among them. */
final class Candidates {

    private UpstreamOnLoop[] eligible = {};
    private UpstreamOnLoop[] unsuspected = {};
    private boolean limited;
    private @Nullable Algorithm algorithm;
    private LoadBalancingPolicy policy = new FirstAvailable();

    /** Applies a change of the pool. */
    void update(EligibleUpstreams next, List<UpstreamOnLoop> members) {
        List<Upstream> upstreams = next.eligible();
        eligible = new UpstreamOnLoop[upstreams.size()];
        int at = 0;
        for (UpstreamOnLoop member : members) {
            if (at < eligible.length && upstreams.get(at) == member.upstream()) {
                member.setShare(next.weights().get(at), next.limits().get(at));
                eligible[at++] = member;
            }
        }
        limited = next.limits().stream().anyMatch(limit -> limit > 0);
        excludeSuspected();
        // The hash of a field takes the place of that of the client's address.
        Algorithm used = next.settings().affinity().header().isPresent()
                ? Algorithm.SOURCE_HASH
                : next.settings().algorithm();
        if (algorithm != used) {
            algorithm = used;
            policy = LoadBalancingPolicy.of(used);
        }
    }

    /** Suspected upstreams get no new requests while another one is available. */
    void excludeSuspected() {
        unsuspected = Arrays.stream(eligible).anyMatch(UpstreamOnLoop::isSuspected)
                ? Arrays.stream(eligible)
                        .filter(member -> !member.isSuspected())
                        .toArray(UpstreamOnLoop[]::new)
                : eligible;
    }

    /** How many there are, suspected ones included. */
    int count() {
        return eligible.length;
    }

    /** Whether any has a limit of requests in flight. */
    boolean isLimited() {
        return limited;
    }

    /** Selects an upstream; null where none is left or all are at their limit. */
    @Nullable
    UpstreamOnLoop choose(SelectionContext context) {
        if (context.hasPreference()) {
            for (UpstreamOnLoop server : unsuspected) {
                if (context.prefers(server) && server.hasCapacity() && !context.hasTried(server)) {
                    return server;
                }
            }
        }
        UpstreamOnLoop chosen = policy.choose(unsuspected, context);
        return chosen == null && unsuspected.length < eligible.length ? policy.choose(eligible, context) : chosen;
    }

    /** Whether {@link #choose} would select an upstream. Changes no state of the policy. */
    boolean canChoose(SelectionContext context) {
        for (UpstreamOnLoop server : eligible) {
            if (server.hasCapacity() && !context.hasTried(server)) {
                return true;
            }
        }
        return false;
    }

    /** Whether any upstream has capacity for one more request. */
    boolean hasCapacity() {
        for (UpstreamOnLoop server : eligible) {
            if (server.hasCapacity()) {
                return true;
            }
        }
        return false;
    }
}
