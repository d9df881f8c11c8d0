package io.ratemesh.balancer;

import io.ratemesh.balancer.accesslog.AccessLogWriter;
import io.ratemesh.balancer.accesslog.ListenerLog;
import io.ratemesh.balancer.assets.AssetHandler;
import io.ratemesh.balancer.http.TrustedProxies;
import io.ratemesh.balancer.listener.ListenerContext;
import io.ratemesh.balancer.listener.ListenerCounts;
import io.ratemesh.balancer.listener.ListenerPorts;
import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.loadbalance.PoolOnLoop;
import io.ratemesh.balancer.proxy.ExchangeLog;
import io.ratemesh.balancer.proxy.Proxy;
import io.ratemesh.balancer.proxy.ProxySettings;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One event loop of the front door: its server, its proxy, its counts. */
final class BalancerVerticle extends VerticleBase {

    private final Node node;
    private final BalancerSettings settings;
    private final AssetHandler assets;
    private final ListenerContext entrance;
    private final RoutingConfiguration first;
    private final HttpListeners addresses;
    private final Optional<AccessLogWriter> log;
    private final ListenerCounts plain = new ListenerCounts();
    private final ListenerCounts encrypted = new ListenerCounts();
    private final ListenerCounts clearText = new ListenerCounts();
    private final Map<Pool, Proxy> proxies = new LinkedHashMap<>();
    private volatile List<PoolOnLoop> pools = List.of();
    private @Nullable ListenerPorts ports;
    private List<RequestRouter> doors = List.of();
    private @Nullable LoopLag lag;

    /**
     * Of one event loop.
     *
     * @param entrance what all loops share of the way in
     * @param first the pools and the routes to begin with
     * @param addresses at which it serves, as the log has them
     * @param log where this loop logs its requests
     */
    BalancerVerticle(
            Node node,
            AssetHandler assets,
            ListenerContext entrance,
            RoutingConfiguration first,
            HttpListeners addresses,
            Optional<AccessLogWriter> log) {
        this.node = node;
        this.settings = node.settings().balancer();
        this.assets = assets;
        this.entrance = entrance;
        this.first = first;
        this.addresses = addresses;
        this.log = log;
    }

    @Override
    public Future<?> start() {
        Router health = Router.router(vertx);
        NodeRoutes.health(health, node.health());
        Optional<ListenerLog> plainLog = log.map(lane -> lane.at(addresses.plain()));
        Optional<ListenerLog> encryptedLog = log.map(lane -> lane.at(addresses.encrypted()));
        Optional<ListenerLog> clearTextLog = log.map(lane -> lane.at(addresses.clearText()));
        RequestRouter door = door(health, plain, plainLog);
        RequestRouter encryptedDoor = door(health, encrypted, encryptedLog);
        RequestRouter clearTextDoor = door(health, clearText, clearTextLog);
        doors = List.of(door, encryptedDoor, clearTextDoor);
        lag = LoopLag.onThisLoop(vertx);
        take(first);
        ports = new ListenerPorts(
                vertx,
                entrance,
                new ListenerPorts.Way(door, new CountingListenerEvents(plain, plainLog)),
                new ListenerPorts.Way(encryptedDoor, new CountingListenerEvents(encrypted, encryptedLog)),
                new ListenerPorts.Way(clearTextDoor, new CountingListenerEvents(clearText, clearTextLog)));
        return ports.open(door::askedForHealth);
    }

    private RequestRouter door(Router health, ListenerCounts counts, Optional<ListenerLog> told) {
        return new RequestRouter(vertx, assets, settings.statics().dir(), health, counts, told);
    }

    /** The ports it listens on, once it does. */
    ListenerPorts.Numbers ports() {
        return Objects.requireNonNull(ports, "started").numbers();
    }

    /** The pools as this loop uses them; may be read from any thread. */
    List<PoolOnLoop> pools() {
        return pools;
    }

    /** Where it lives. */
    Context loop() {
        return context;
    }

    LoopLag lag() {
        return Objects.requireNonNull(lag, "started");
    }

    /** What comes without encryption. */
    ListenerCounts plain() {
        return plain;
    }

    /** What is HTTP/2 without it. */
    ListenerCounts clearText() {
        return clearText;
    }

    /** What comes over TLS. */
    ListenerCounts encrypted() {
        return encrypted;
    }

    /**
     * Takes these pools and routes from the next request on, and these limits at once. What is under way goes on.
     *
     * @return completes when this loop has done so
     */
    Future<Void> use(RoutingConfiguration next, LimitSettings limits) {
        return onLoop(() -> {
            take(next);
            Objects.requireNonNull(ports, "started").use(limits);
        });
    }

    /** Completes once no request on this loop can still go to an upstream that is out of the choice. */
    Future<Void> settled() {
        return onLoop(() -> {});
    }

    /** Ends streams, lets requests under way end, closes. */
    Future<Void> drain(Duration timeout) {
        return onLoop(() -> proxies.values().forEach(Proxy::endStreams))
                .compose(ignored -> Objects.requireNonNull(ports, "started").shutdown(timeout));
    }

    private void take(RoutingConfiguration next) {
        List.copyOf(proxies.keySet()).stream()
                .filter(pool -> !next.pools().contains(pool))
                .forEach(gone -> Objects.requireNonNull(proxies.remove(gone)).close());
        next.pools().forEach(pool -> proxies.computeIfAbsent(pool, this::proxy));
        pools = proxies.values().stream().map(Proxy::pool).toList();
        Map<String, Proxy> byName = new HashMap<>();
        proxies.forEach((pool, proxy) -> byName.put(pool.name(), proxy));
        RoutingTable<Proxy> routes = RoutingTable.of(next.routes(), name -> Objects.requireNonNull(byName.get(name)));
        doors.forEach(door -> door.use(routes));
    }

    private Proxy proxy(Pool pool) {
        return new Proxy(
                vertx,
                new PoolOnLoop(pool),
                plain,
                ProxySettings.of(settings.http().listen().port())
                        .withPipelining(pool.settings().pipelining())
                        .withTrusted(TrustedProxies.of(entrance.admission()::trusted))
                        .withLog(log.map(lane -> lane.of(pool, addresses::of)).orElse(ExchangeLog.NONE)));
    }

    private Future<Void> onLoop(Runnable action) {
        return Future.future(promise -> context.runOnContext(ignored -> {
            action.run();
            promise.complete();
        }));
    }
}
