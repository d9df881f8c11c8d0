package io.ratemesh.balancer.proxy;

import io.ratemesh.balancer.compression.Compression;
import io.ratemesh.balancer.listener.ListenerCounts;
import io.ratemesh.balancer.loadbalance.PoolOnLoop;
import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import io.ratemesh.balancer.upstream.connections.ResponseTimeouts;
import io.ratemesh.balancer.upstream.connections.UpstreamConnections;
import io.ratemesh.balancer.vertx.LoopContext;
import io.ratemesh.node.settings.CompressionSettings;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
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
    private final NetClient client;
    private final Vertx vertx;
    private final LoopContext context;
    private final ForwardedHead head;
    private final ResponseTimeouts responseTimeouts = new ResponseTimeouts();
    private final StalledClients stalledClients;
    private final Set<Exchange> streams = new HashSet<>();
    private final Set<Tunnel> tunnels = new HashSet<>();
    private final List<Long> timers;
    private List<UpstreamOnLoop> members = List.of();
    private boolean closing;
    private @Nullable Compression compression;
    private final Map<UpstreamOnLoop, UpstreamConnections> connections = new HashMap<>();

    /** For the current event loop. */
    public Proxy(Vertx vertx, PoolOnLoop pool, ProxySettings settings) {
        this.settings = settings;
        this.stalledClients = new StalledClients(settings.clientTimeout());
        this.pool = pool;
        this.head = new ForwardedHead(settings.port(), settings.trusted());
        this.vertx = vertx;
        this.context = LoopContext.current(vertx);
        this.client = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
        this.timers = List.of(
                vertx.setPeriodic(SWEEP_MILLIS, ignored -> sweep(System.nanoTime())),
                vertx.setPeriodic(POOL_SWEEP_MILLIS, ignored -> pool.tick()));
        pool.runOn(context::runOnContext);
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
     */
    public void handle(HttpServerRequest request, ListenerCounts counts) {
        new Exchange(this, request, counts, System.nanoTime()).start();
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
            client.close();
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
                    client,
                    context,
                    pool::settings,
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
