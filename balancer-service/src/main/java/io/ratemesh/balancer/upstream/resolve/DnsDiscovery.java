package io.ratemesh.balancer.upstream.resolve;

import io.ratemesh.balancer.loadbalance.DnsStatus;
import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.node.settings.DnsSettings;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the servers that DNS names as upstreams of a pool: at once, and again when the shortest time to live is over, within the bounds of
 * the pool's settings. A lookup that finds none changes nothing, and is repeated after a second, then after twice the time before, up to
 * the upper bound. Follows the settings of the pool; does nothing while its servers have another source. Runs on one event loop.
 */
public final class DnsDiscovery {

    private static final Logger LOG = LoggerFactory.getLogger(DnsDiscovery.class);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

    /** Lookups of one name, until the settings have another one. */
    private static final class Lookup {
        private final DnsSettings dns;
        private long dueNanos;
        private boolean underWay;
        private int failuresInARow;
        private boolean limitExceeded;

        Lookup(DnsSettings dns, long dueNanos) {
            this.dns = dns;
            this.dueNanos = dueNanos;
        }
    }

    private final Context context;
    private final Pool pool;
    private final Function<DnsSettings, Future<FoundServers>> resolver;
    private @Nullable Lookup lookup;
    private long tickNanos;
    private long resolutions;
    private long failures;
    private Optional<Instant> lastResolvedAt = Optional.empty();

    /** Resolves for a pool, on a context. */
    public DnsDiscovery(Context context, Pool pool, PoolDns dns) {
        this(context, pool, dns::servers);
    }

    /**
     * Resolves for a pool, on a context.
     *
     * @param resolver makes one lookup
     */
    DnsDiscovery(Context context, Pool pool, Function<DnsSettings, Future<FoundServers>> resolver) {
        this.context = context;
        this.pool = pool;
        this.resolver = resolver;
    }

    /** Resolves the name if that is due; to be called several times a second. */
    public void tick(long nowNanos) {
        tickNanos = nowNanos;
        Lookup current = current();
        if (current != null && !current.underWay && nowNanos - current.dueNanos >= 0) {
            current.underWay = true;
            resolver.apply(current.dns)
                    .onComplete(result -> context.runOnContext(ignored -> complete(current, result)));
        }
    }

    /** The lookup of the settings in force; null where they name no servers by DNS. */
    private @Nullable Lookup current() {
        Optional<DnsSettings> dns = pool.settings().dns();
        Lookup known = lookup;
        if (known == null ? dns.isPresent() : !dns.equals(Optional.of(known.dns))) {
            known = dns.map(settings -> new Lookup(settings, tickNanos)).orElse(null);
            lookup = known;
            report("");
        }
        return known;
    }

    private void complete(Lookup completed, AsyncResult<FoundServers> result) {
        if (completed != current()) {
            // The settings have changed meanwhile.
            return;
        }
        completed.underWay = false;
        if (result.succeeded() && !result.result().servers().isEmpty()) {
            found(completed, result.result());
        } else {
            failed(
                    completed,
                    result.succeeded()
                            ? "the records name no server"
                            : String.valueOf(result.cause().getMessage()));
        }
    }

    private void found(Lookup completed, FoundServers all) {
        resolutions++;
        lastResolvedAt = Optional.of(Instant.now());
        DnsSettings dns = completed.dns;
        FoundServers used = all.atMost(dns.maxServers(), id -> pool.find(id).isPresent());
        List<String> before = ids(pool);
        pool.list(used.servers());
        List<String> after = ids(pool);
        if (!after.equals(before) || completed.failuresInARow > 0) {
            LOG.info("Pool {}: {} names the servers {}", pool.name(), dns.name(), after);
        }
        boolean exceeded = used.servers().size() < all.servers().size();
        if (exceeded && !completed.limitExceeded) {
            LOG.warn(
                    "Pool {}: {} names {} servers, and dns.max-servers is {}; the others get no requests",
                    pool.name(),
                    dns.name(),
                    all.servers().size(),
                    dns.maxServers());
        }
        completed.limitExceeded = exceeded;
        completed.failuresInARow = 0;
        completed.dueNanos =
                tickNanos + pool.settings().resolve().within(all.timeToLive()).toNanos();
        report("");
    }

    private void failed(Lookup completed, String why) {
        failures++;
        if (completed.failuresInARow++ == 0) {
            LOG.warn(
                    "Pool {}: {} cannot be resolved, so its servers stay {}: {}",
                    pool.name(),
                    completed.dns.name(),
                    ids(pool),
                    why);
        }
        completed.dueNanos = tickNanos
                + retryAfter(
                                completed.failuresInARow,
                                pool.settings().resolve().min(),
                                pool.settings().resolve().max())
                        .toNanos();
        report(why);
    }

    /** The time from a failed lookup to the next one. */
    static Duration retryAfter(int failuresInARow, Duration min, Duration max) {
        Duration wait = min.compareTo(FIRST_RETRY) < 0 ? min : FIRST_RETRY;
        for (int i = 1; i < failuresInARow && wait.compareTo(max) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(max) < 0 ? wait : max;
    }

    private void report(String error) {
        Lookup reported = lookup;
        pool.setDnsStatus(
                reported == null
                        ? Optional.empty()
                        : Optional.of(
                                new DnsStatus(reported.dns.name(), resolutions, failures, lastResolvedAt, error)));
    }

    private static List<String> ids(Pool pool) {
        return pool.upstreams().stream().map(upstream -> upstream.id()).toList();
    }
}
