package io.ratemesh.balancer.upstream;

import io.ratemesh.node.settings.PoolSettings;
import java.util.List;

/** What an upstream needs of the pool that it belongs to: its settings, its clock, and its lock, which is this object's. */
public interface UpstreamGroup {

    /** A change of the pool or of its upstreams, made while the lock is held. */
    interface Change {

        /** Makes it; {@code members} may be changed, too. */
        void apply(long nowNanos, List<Upstream> members);
    }

    /** As they are now. */
    PoolSettings settings();

    /** The time, as {@link System#nanoTime()} gives it. */
    long now();

    /** Makes a change under the lock; listeners hear of upstreams whose state it changed. */
    void change(Change change);

    /** Whether so many are left that this one may be ejected. The lock is held. */
    boolean canEject(Upstream upstream);
}
