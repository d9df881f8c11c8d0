package io.ratemesh.balancer;

import io.micrometer.core.instrument.Counter;
import io.ratemesh.balancer.accesslog.AccessLogWriter;
import io.ratemesh.balancer.accesslog.ListenerLog;
import io.ratemesh.balancer.assets.AssetHandler;
import io.ratemesh.balancer.compression.Compression;
import io.ratemesh.balancer.http.TrustedProxies;
import io.ratemesh.balancer.listener.Listener;
import io.ratemesh.balancer.listener.ListenerContext;
import io.ratemesh.balancer.listener.ListenerCounts;
import io.ratemesh.balancer.listener.ListenerOnLoop;
import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.loadbalance.PoolOnLoop;
import io.ratemesh.balancer.proxy.ExchangeLog;
import io.ratemesh.balancer.proxy.Proxy;
import io.ratemesh.balancer.proxy.ProxySettings;
import io.ratemesh.balancer.routing.RequestRouter;
import io.ratemesh.balancer.routing.RouteAction;
import io.ratemesh.balancer.routing.RoutingTable;
import io.ratemesh.balancer.stats.LoopLag;
import io.ratemesh.node.http.NodeRoutes;
import io.ratemesh.node.lifecycle.Node;
import io.ratemesh.node.settings.BalancerSettings;
import io.ratemesh.node.settings.LimitSettings;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One event loop of the balancer: it accepts connections of every listener, and has a proxy for every pool. */
final class BalancerVerticle extends VerticleBase {

    private final Node node;
    private final BalancerSettings settings;
    private final AssetHandler assets;
    private final ListenerContext listeners;
    private final RoutingConfiguration initial;
    private final Optional<AccessLogWriter> log;
    private final Map<Pool, Proxy> proxies = new LinkedHashMap<>();
    private final List<ListenerOnLoop> listening = new ArrayList<>();
    private final List<RequestRouter> routers = new ArrayList<>();
    private @Nullable LoopLag lag;

    /**
     * For one event loop.
     *
     * @param log of this loop
     */
    BalancerVerticle(
            Node node,
            AssetHandler assets,
            ListenerContext listeners,
            RoutingConfiguration initial,
            Optional<AccessLogWriter> log) {
        this.node = node;
        this.settings = node.settings().balancer();
        this.assets = assets;
        this.listeners = listeners;
        this.initial = initial;
        this.log = log;
    }

    @Override
    public Future<?> start() {
        Router health = Router.router(vertx);
        NodeRoutes.health(health, node.health());
        lag = LoopLag.onThisLoop(vertx);
        listeners.listeners().forEach(listener -> add(listener, health));
        route(initial);
        return open(listeners.listeners().size() - 1);
    }

    private void add(Listener listener, Router health) {
        ListenerCounts counts = listener.addLoop();
        Optional<ListenerLog> ofListener = log.map(writer -> writer.at(listener));
        routers.add(new RequestRouter(vertx, assets, settings.statics().dir(), health, counts, ofListener));
        listening.add(new ListenerOnLoop(vertx, listeners, listener, new CountingListenerEvents(counts, ofListener)));
    }

    /** Opens the listeners from the last to the first: HTTP may redirect to HTTPS, which has to listen by then. */
    private Future<Void> open(int last) {
        if (last < 0) {
            return Future.succeededFuture();
        }
        RequestRouter router = routers.get(last);
        return listening.get(last).open(router, router::handleHealth).compose(ignored -> open(last - 1));
    }

    Context loop() {
        return context;
    }

    LoopLag lag() {
        return Objects.requireNonNull(lag, "started");
    }

    /**
     * Applies pools and routes from the next request on, and limits at once. Requests under way are not affected.
     *
     * @return completes when this loop has done so
     */
    Future<Void> use(RoutingConfiguration next, LimitSettings limits) {
        return onLoop(() -> {
            route(next);
            listening.forEach(listener -> listener.use(limits));
        });
    }

    /** Completes once no request on this loop can still be sent to an upstream that is no longer eligible. */
    Future<Void> settled() {
        return onLoop(() -> {});
    }

    /** Ends streams, and each connection after its next response. Goes on to accept connections. */
    Future<Void> drainConnections() {
        return onLoop(() -> {
            proxies.values().forEach(Proxy::endStreams);
            listening.forEach(ListenerOnLoop::drainConnections);
        });
    }

    /** Ends streams, lets requests under way end, and closes. */
    Future<Void> drain(Duration timeout) {
        return onLoop(() -> proxies.values().forEach(Proxy::endStreams))
                .compose(ignored -> Future.join(listening.stream()
                        .map(listener -> listener.shutdown(timeout))
                        .toList()))
                .mapEmpty();
    }

    private void route(RoutingConfiguration next) {
        List.copyOf(proxies.keySet()).stream()
                .filter(pool -> !next.pools().contains(pool))
                .forEach(removed ->
                        Objects.requireNonNull(proxies.remove(removed)).close());
        next.pools().forEach(pool -> proxies.computeIfAbsent(pool, this::proxy));
        proxies.forEach((pool, proxy) -> {
            proxy.use(next.errorPages());
            proxy.keepClients(next.affinityKey());
            proxy.compress(next.compression(pool), () -> counts(pool));
        });
        Map<String, Proxy> byName = new HashMap<>();
        proxies.forEach((pool, proxy) -> byName.put(pool.name(), proxy));
        RoutingTable<RouteAction> routes = RoutingTable.of(
                next.routes(),
                route -> RouteAction.of(
                        route,
                        next.access().get(route),
                        next.caching().get(route),
                        name -> Objects.requireNonNull(byName.get(name)),
                        TrustedProxies.of(listeners.admission()::trusted)));
        routers.forEach(router -> router.use(routes));
    }

    private Proxy proxy(Pool pool) {
        return new Proxy(
                vertx,
                new PoolOnLoop(pool),
                ProxySettings.of(settings.http().listen().port())
                        .withPipelining(pool.settings().pipelining())
                        .withTrusted(TrustedProxies.of(listeners.admission()::trusted))
                        .withLog(log.map(writer -> writer.of(pool, request -> Listener.of(request.connection())))
                                .orElse(ExchangeLog.NONE)));
    }

    private Compression.Counts counts(Pool pool) {
        Counter before = bytes("input", "Bytes of responses before compression.", pool);
        Counter after = bytes("output", "Bytes of responses after compression.", pool);
        return (bytesIn, bytesOut) -> {
            before.increment((double) bytesIn);
            after.increment((double) bytesOut);
        };
    }

    private Counter bytes(String what, String help, Pool pool) {
        return Counter.builder("ratemesh.pool.compression." + what)
                .description(help)
                .baseUnit("bytes")
                .tag("pool", pool.name())
                .register(node.meters());
    }

    private Future<Void> onLoop(Runnable action) {
        return Future.future(promise -> context.runOnContext(ignored -> {
            action.run();
            promise.complete();
        }));
    }
}
