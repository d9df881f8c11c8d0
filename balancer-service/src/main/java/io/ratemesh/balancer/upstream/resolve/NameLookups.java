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
 * Resolves the names of a pool's servers: each at once, and again when its time to live is over, within the bounds of the pool's
 * settings. Addresses stay in use until a lookup returns others. Runs on one event loop.
 */
public final class NameLookups {

    private static final Logger LOG = LoggerFactory.getLogger(NameLookups.class);

    private static final class Lookup {
        private long dueNanos;
        private boolean underWay;

        Lookup(long dueNanos) {
            this.dueNanos = dueNanos;
        }
    }

    private final Context context;
    private final Pool pool;
    private final NameResolver resolver;
    private final IdentityHashMap<Upstream, Lookup> lookups = new IdentityHashMap<>();
    private List<Upstream> upstreams = List.of();
    private long tickNanos;

    /** Resolves for a pool, on a context. */
    public NameLookups(Context context, Pool pool, NameResolver resolver) {
        this.context = context;
        this.pool = pool;
        this.resolver = resolver;
    }

    /** Resolves the names that are due; to be called several times a second. */
    public void tick(long nowNanos) {
        tickNanos = nowNanos;
        List<Upstream> present = pool.upstreams();
        if (present != upstreams) {
            upstreams = present;
            lookups.keySet().retainAll(Set.copyOf(present));
            for (Upstream upstream : present) {
                if (!upstream.addresses().isLiteral()) {
                    lookups.computeIfAbsent(upstream, ignored -> new Lookup(nowNanos));
                }
            }
        }
        lookups.forEach((upstream, lookup) -> {
            if (!lookup.underWay && nowNanos - lookup.dueNanos >= 0) {
                lookup.underWay = true;
                resolver.resolve(upstream.host())
                        .onComplete(result -> context.runOnContext(ignored -> complete(upstream, lookup, result)));
            }
        });
    }

    private void complete(Upstream upstream, Lookup lookup, AsyncResult<Resolved> result) {
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
        lookup.dueNanos = tickNanos + wait.toNanos();
        lookup.underWay = false;
    }
}
