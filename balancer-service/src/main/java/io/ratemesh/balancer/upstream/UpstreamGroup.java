package io.ratemesh.balancer.upstream;

import io.ratemesh.node.settings.PoolSettings;
import java.util.List;

/** What an upstream uses of its pool: settings, clock and lock. The lock is this object's monitor. */
public interface UpstreamGroup {

    /** A change of the pool or of its upstreams, made while the lock is held. */
    interface Change {

        /** Applies the change; {@code members} is mutable. */
        void apply(long nowNanos, List<Upstream> members);
    }

    /** The current settings. */
    PoolSettings settings();

    /** The time, as {@link System#nanoTime()} gives it. */
    long now();

    /** Applies a change under the lock, and notifies listeners of changed states. */
    void change(Change change);

    /** Whether one more upstream may be ejected. The lock is held. */
    boolean canEject(Upstream upstream);
}
