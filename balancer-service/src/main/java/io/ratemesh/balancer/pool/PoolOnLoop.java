package io.ratemesh.balancer.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A pool as one event loop uses it: its own counts and its own turn among equals. */
public final class PoolOnLoop {

    private final Pool pool;
    private final LeastConnections algorithm = new LeastConnections();
    private List<Upstream> seen = List.of();
    private volatile List<UpstreamOnLoop> members = List.of();

    public PoolOnLoop(Pool pool) {
        this.pool = pool;
    }

    /** Chooses where a request goes; null where no upstream is left. Only the owning loop calls this. */
    public @Nullable UpstreamOnLoop choose(Predicate<UpstreamOnLoop> tried) {
        follow();
        return algorithm.choose(members, tried);
    }

    /** The members with this loop's counts; may be read from any thread. */
    public List<UpstreamOnLoop> members() {
        return members;
    }

    /** Takes over a change of the pool: who stays keeps its counts. */
    private void follow() {
        List<Upstream> now = pool.upstreams();
        if (now == seen) {
            return;
        }
        List<UpstreamOnLoop> next = new ArrayList<>(now.size());
        for (Upstream upstream : now) {
            next.add(members.stream()
                    .filter(member -> member.upstream() == upstream)
                    .findFirst()
                    .orElseGet(() -> new UpstreamOnLoop(upstream)));
        }
        seen = now;
        members = List.copyOf(next);
    }
}
