package io.ratemesh.balancer.proxy;

import io.ratemesh.balancer.compression.Compression;
import io.ratemesh.balancer.http.ErrorPages;
import io.ratemesh.balancer.listener.ListenerCounts;
import io.ratemesh.balancer.loadbalance.PoolOnLoop;
import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import io.ratemesh.balancer.upstream.connections.ResponseTimeouts;
import io.ratemesh.balancer.upstream.connections.UpstreamConnections;
import io.ratemesh.balancer.upstream.transport.UpstreamConnector;
import io.ratemesh.balancer.vertx.LoopContext;
import io.ratemesh.node.settings.AffinitySettings;
import io.ratemesh.node.settings.CompressionSettings;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The proxy of one pool on one event loop: starts the exchanges, and closes what is idle, stalls or times out. */
public final class Proxy {

    private static final long SWEEP_MILLIS = 1000 / UpstreamConnections.SWEEPS_PER_SECOND;

    private static final long POOL_SWEEP_MILLIS = 100;

    private final PoolOnLoop pool;
    private final ProxySettings settings;
    private final UpstreamConnector connector;
    private final Vertx vertx;
    private final LoopContext context;
    private final ForwardedHead head;
    private final ResponseTimeouts responseTimeouts = new ResponseTimeouts();
    private final StalledClients stalledClients;
    private final Set<Exchange> streams = new HashSet<>();
    private final Set<Tunnel> tunnels = new HashSet<>();
    private final List<Long> timers;
    private List<UpstreamOnLoop> members = List.of();
    private ErrorPages errorPages = ErrorPages.NONE;
    private boolean closing;
    private @Nullable Compression compression;
    private @Nullable AffinityCookies affinity;
    private final Map<UpstreamOnLoop, UpstreamConnections> connections = new HashMap<>();

    /** For the current event loop. */
    public Proxy(Vertx vertx, PoolOnLoop pool, ProxySettings settings) {
        this.settings = settings;
        this.stalledClients = new StalledClients(settings.clientTimeout());
        this.pool = pool;
        this.head = new ForwardedHead(settings.port(), settings.trusted());
        this.vertx = vertx;
        this.context = LoopContext.current(vertx);
        this.connector = new UpstreamConnector(context);
        this.timers = List.of(
                vertx.setPeriodic(SWEEP_MILLIS, ignored -> sweep(System.nanoTime())),
                vertx.setPeriodic(POOL_SWEEP_MILLIS, ignored -> pool.tick()));
        pool.runOn(context::runOnContext);
    }

    /** Handles a request as it is: see {@link #handle(HttpServerRequest, ListenerCounts, RouteChanges, Runnable)}. */
    public void handle(HttpServerRequest request, ListenerCounts counts) {
        handle(request, counts, null, null);
    }

    /**
     * Compresses the responses that start from now on.
     *
     * @param next empty for none
     * @param counts makes what counts them
     */
    public void compress(Optional<CompressionSettings> next, Supplier<Compression.Counts> counts) {
        if (next.isEmpty()) {
            compression = null;
        } else if (compression == null || !compression.has(next.get())) {
            compression = new Compression(vertx, next.get(), counts.get());
        }
    }

    /**
     * Handles a request. The client gets the response of an upstream, or one that says why there is none.
     *
     * @param counts of the listener that accepted the connection
     * @param route what its route changes; null for nothing
     * @param onEnd runs once when request and response have ended; null for nothing
     */
    public void handle(
            HttpServerRequest request, ListenerCounts counts, @Nullable RouteChanges route, @Nullable Runnable onEnd) {
        new Exchange(this, request, counts, route, onEnd, System.nanoTime()).start();
    }

    /** Keeps clients at their servers, if the pool is set so; {@code key} signs the cookies. */
    public void keepClients(String key) {
        Optional<AffinitySettings.Cookie> cookie = pool.settings().affinity().cookie();
        if (cookie.isEmpty()) {
            affinity = null;
        } else if (affinity == null || !affinity.has(cookie.get(), key)) {
            affinity = new AffinityCookies(pool.settings().name(), cookie.get(), key);
        }
    }

    /** The cookies of the pool; null for none. */
    @Nullable
    AffinityCookies affinity() {
        return affinity;
    }

    /** Uses these pages from the next failure on. */
    public void use(ErrorPages pages) {
        errorPages = pages;
    }

    ErrorPages errorPages() {
        return errorPages;
    }

    /** Ends streams and tunnels. Their clients reconnect, to another balancer or to the next process of this one. */
    public void endStreams() {
        Set.copyOf(streams).forEach(Exchange::endStream);
    }

    /** There are no new requests: closes everything once the last request under way has ended. */
    public void close() {
        closing = true;
    }

    private void sweep(long nowNanos) {
        Duration timeout = pool.settings().timeouts().response();
        responseTimeouts.sweep(timeout, nowNanos);
        stalledClients.sweep(nowNanos);
        int maxIdle = UpstreamConnections.sweeps(settings.tunnelTimeout());
        List.copyOf(tunnels).forEach(tunnel -> tunnel.sweep(maxIdle));
        leaveHanging();
        closeRemoved();
        int maxQuiet = timeout.isZero() ? Integer.MAX_VALUE : UpstreamConnections.sweeps(timeout);
        connections.values().forEach(each -> each.sweep(maxQuiet));
        if (closing && isIdle()) {
            timers.forEach(vertx::cancelTimer);
            connections.values().forEach(UpstreamConnections::close);
            connector.close();
        }
    }

    private void leaveHanging() {
        if (pool.isAnyHanging()) {
            List.copyOf(connections.entrySet()).stream()
                    .filter(each -> each.getKey().isHanging())
                    .forEach(each -> each.getValue().abandonOpening());
            responseTimeouts.checkForHangs();
        }
    }

    private boolean isIdle() {
        return pool.queue().length() == 0 && pool.members().stream().allMatch(member -> member.inFlight() == 0);
    }

    /** Closes the connections to upstreams that are no longer in the pool. */
    private void closeRemoved() {
        List<UpstreamOnLoop> now = pool.members();
        if (now == members) {
            return;
        }
        members = now;
        connections.entrySet().removeIf(each -> {
            boolean removed = !now.contains(each.getKey());
            if (removed) {
                each.getValue().close();
            }
            return removed;
        });
    }

    UpstreamConnections connections(UpstreamOnLoop upstream) {
        UpstreamConnections known = connections.get(upstream);
        if (known == null) {
            known = new UpstreamConnections(
                    upstream.upstream(),
                    connector,
                    context,
                    pool::settings,
                    pool::transport,
                    settings.pipelining(),
                    Math.max(1, UpstreamConnections.sweeps(settings.stallTimeout())));
            connections.put(upstream, known);
        }
        return known;
    }

    /** The pool on this event loop. */
    public PoolOnLoop pool() {
        return pool;
    }

    ForwardedHead head() {
        return head;
    }

    /** Null where no response is compressed. */
    @Nullable
    Compression compression() {
        return compression;
    }

    ResponseTimeouts responseTimeouts() {
        return responseTimeouts;
    }

    StalledClients stalledClients() {
        return stalledClients;
    }

    /** The exchange has become a stream or a tunnel. */
    void streamStarted(Exchange exchange) {
        streams.add(exchange);
        pool.setStreams(streams.size());
    }

    void streamEnded(Exchange exchange) {
        streams.remove(exchange);
        pool.setStreams(streams.size());
    }

    Set<Tunnel> tunnels() {
        return tunnels;
    }

    ExchangeLog log() {
        return settings.log();
    }
}
