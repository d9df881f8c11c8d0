package io.ratemesh.balancer.upstream.resolve;

import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.resolve.NameResolver.Resolved;
import io.ratemesh.node.address.IpAddresses;
import io.ratemesh.node.settings.PoolSettings;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the addresses of a pool's servers as their names have them: resolves each at once, and again when its time to live is over, within
 * the bounds of the pool's settings. What was known holds until something else is. Lives on one event loop.
 */
public final class NameLookups {

    private static final Logger LOG = LoggerFactory.getLogger(NameLookups.class);

    private static final class Line {
        private long dueNanos;
        private boolean underWay;

        Line(long dueNanos) {
            this.dueNanos = dueNanos;
        }
    }

    private final Context context;
    private final Pool pool;
    private final NameResolver resolver;
    private final IdentityHashMap<Upstream, Line> lookups = new IdentityHashMap<>();
    private List<Upstream> upstreams = List.of();
    private long tickNanos;

    /** For the servers of a pool, on this context. */
    public NameLookups(Context context, Pool pool, NameResolver resolver) {
        this.context = context;
        this.pool = pool;
        this.resolver = resolver;
    }

    /** Resolves what is due; to be called some times a second. */
    public void tick(long nowNanos) {
        tickNanos = nowNanos;
        List<Upstream> present = pool.upstreams();
        if (present != upstreams) {
            upstreams = present;
            lookups.keySet().retainAll(Set.copyOf(present));
            for (Upstream upstream : present) {
                if (!upstream.addresses().isLiteral()) {
                    lookups.computeIfAbsent(upstream, ignored -> new Line(nowNanos));
                }
            }
        }
        lookups.forEach((upstream, line) -> {
            if (!line.underWay && nowNanos - line.dueNanos >= 0) {
                line.underWay = true;
                resolver.resolve(upstream.host())
                        .onComplete(result -> context.runOnContext(ignored -> complete(upstream, line, result)));
            }
        });
    }

    private void complete(Upstream upstream, Line line, AsyncResult<Resolved> result) {
        PoolSettings.Resolve bounds = pool.settings().resolve();
        Duration wait = bounds.min();
        if (result.succeeded()) {
            Resolved found = result.result();
            wait = bounds.within(found.timeToLive());
            if (upstream.setAddresses(found.addresses())) {
                LOG.info(
                        "{}/{} has the addresses {}",
                        pool.name(),
                        upstream.id(),
                        found.addresses().stream().map(IpAddresses::text).toList());
            }
        } else {
            upstream.setResolveError(String.valueOf(result.cause().getMessage()));
        }
        line.dueNanos = tickNanos + wait.toNanos();
        line.underWay = false;
    }
}
