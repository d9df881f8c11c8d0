package io.ratemesh.balancer.health;

import io.ratemesh.balancer.pool.Availability;
import io.ratemesh.balancer.pool.CheckOutcome;
import io.ratemesh.balancer.pool.Pool;
import io.ratemesh.balancer.pool.Upstream;
import io.ratemesh.node.settings.CheckSettings;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Checks every upstream of a pool for as long as it is in it, whatever it answers: one that is down is asked on, so it
 * comes back by itself, and no report of a failure can end the asking. Lives on one event loop.
 */
public final class CheckSchedule {

    private final Context context;
    private final Pool pool;
    private final ActiveCheck check;
    private final BiConsumer<Upstream, Availability> changed;
    private final Set<Upstream> asking = new HashSet<>();

    /**
     * Begins. Call on the event loop that it is to live on.
     *
     * @param changed told of an upstream whose availability a check changed, and what it was before
     */
    public CheckSchedule(Vertx vertx, Pool pool, CheckSettings settings, BiConsumer<Upstream, Availability> changed) {
        this.context = vertx.getOrCreateContext();
        this.pool = pool;
        this.check = new ActiveCheck(vertx, settings);
        this.changed = changed;
        vertx.setPeriodic(
                settings.interval().toMillis(), ignored -> pool.upstreams().forEach(this::askNow));
    }

    /** Asks now: for a newcomer, that should not have to wait for the next round. */
    public void askNow(Upstream upstream) {
        if (!asking.add(upstream)) {
            return;
        }
        check.ask(upstream).onSuccess(outcome -> context.runOnContext(ignored -> take(upstream, outcome)));
    }

    private void take(Upstream upstream, CheckOutcome outcome) {
        asking.remove(upstream);
        if (!pool.upstreams().contains(upstream)) {
            return;
        }
        Availability before = upstream.availability();
        upstream.checked(outcome);
        if (upstream.availability() != before) {
            changed.accept(upstream, before);
        }
    }
}
