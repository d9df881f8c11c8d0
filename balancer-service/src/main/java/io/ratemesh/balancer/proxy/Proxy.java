package io.ratemesh.balancer.proxy;

import io.ratemesh.balancer.listener.ListenerCounts;
import io.ratemesh.balancer.loadbalance.PoolOnLoop;
import io.ratemesh.balancer.loadbalance.RequestQueue;
import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import io.ratemesh.balancer.upstream.connections.ResponseTimeouts;
import io.ratemesh.balancer.upstream.connections.UpstreamConnections;
import io.ratemesh.balancer.vertx.LoopContext;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sends requests to the upstreams of one pool and their answers back, on one event loop. */
public final class Proxy {

    private static final long SWEEP_MILLIS = 1000 / UpstreamConnections.SWEEPS_PER_SECOND;

    private static final long POOL_SWEEP_MILLIS = 100;

    private final PoolOnLoop pool;
    private final ProxySettings settings;
    private final NetClient client;
    private final Vertx vertx;
    private final LoopContext context;
    private final ForwardedHead head;
    private final ListenerCounts counts;
    private final ResponseTimeouts deadlines = new ResponseTimeouts();
    private final StalledClients stalled;
    private final Set<Exchange> streams = new HashSet<>();
    private final Set<Tunnel> tunnels = new HashSet<>();
    private final List<Long> timers;
    private List<UpstreamOnLoop> members = List.of();
    private boolean closing;
    private final Map<UpstreamOnLoop, UpstreamConnections> connections = new HashMap<>();

    /** For the current event loop. */
    public Proxy(Vertx vertx, PoolOnLoop pool, ListenerCounts counts, ProxySettings settings) {
        this.settings = settings;
        this.stalled = new StalledClients(settings.clientPatience());
        this.pool = pool;
        this.counts = counts;
        this.head = new ForwardedHead(settings.frontDoorPort(), settings.trusted());
        this.vertx = vertx;
        this.context = LoopContext.current(vertx);
        this.client = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
        this.timers = List.of(
                vertx.setPeriodic(SWEEP_MILLIS, ignored -> sweep(System.nanoTime())),
                vertx.setPeriodic(POOL_SWEEP_MILLIS, ignored -> pool.tick()));
        pool.runOn(context::runOnContext);
    }

    /** Sends a request on its way. Its answer, or a failure's, goes to the client by itself. */
    public void handle(HttpServerRequest request) {
        handle(request, counts);
    }

    /**
     * Sends on a request of another address of the front door.
     *
     * @param address what is counted there
     */
    public void handle(HttpServerRequest request, ListenerCounts address) {
        new Exchange(this, request, address, System.nanoTime()).begin();
    }

    /** Ends the streams that are open: their readers come back to another front door, or to this one's successor. */
    public void endStreams() {
        Set.copyOf(streams).forEach(Exchange::cut);
    }

    /** No request comes any more: ends what it has once the last that is under way has ended. */
    public void close() {
        closing = true;
    }

    private void sweep(long nowNanos) {
        Duration timeout = pool.settings().timeouts().response();
        deadlines.sweep(timeout, nowNanos);
        stalled.sweep(nowNanos);
        int idle = UpstreamConnections.sweeps(settings.tunnelIdle());
        for (Tunnel tunnel : List.copyOf(tunnels)) {
            if (tunnel.idleFor(idle)) {
                tunnel.giveUp();
            }
        }
        if (someoneHangs()) {
            deadlines.reconsider();
        }
        forgetThoseWhoLeft();
        int silence = timeout.isZero() ? Integer.MAX_VALUE : UpstreamConnections.sweeps(timeout);
        connections.values().forEach(each -> each.sweep(silence));
        if (closing && nothingUnderWay()) {
            timers.forEach(vertx::cancelTimer);
            connections.values().forEach(UpstreamConnections::close);
            client.close();
        }
    }

    private boolean someoneHangs() {
        for (UpstreamOnLoop member : pool.members()) {
            if (member.isHanging()) {
                return true;
            }
        }
        return false;
    }

    private boolean nothingUnderWay() {
        return pool.queue().length() == 0 && pool.members().stream().allMatch(member -> member.inFlight() == 0);
    }

    private void forgetThoseWhoLeft() {
        List<UpstreamOnLoop> now = pool.members();
        if (now == members) {
            return;
        }
        members = now;
        connections.entrySet().removeIf(each -> {
            boolean left = !now.contains(each.getKey());
            if (left) {
                each.getValue().close();
            }
            return left;
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
                    Math.max(1, UpstreamConnections.sweeps(settings.pipelinePatience())));
            connections.put(upstream, known);
        }
        return known;
    }

    /** The pool as this loop uses it. */
    public PoolOnLoop pool() {
        return pool;
    }

    ForwardedHead head() {
        return head;
    }

    RequestQueue line() {
        return pool.queue();
    }

    ResponseTimeouts deadlines() {
        return deadlines;
    }

    StalledClients stalled() {
        return stalled;
    }

    Set<Exchange> streams() {
        return streams;
    }

    Set<Tunnel> tunnels() {
        return tunnels;
    }

    ExchangeLog log() {
        return settings.log();
    }
}
