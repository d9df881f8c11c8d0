package io.ratemesh.balancer;

import io.ratemesh.balancer.assets.AssetHandler;
import io.ratemesh.balancer.guard.Patience;
import io.ratemesh.balancer.guard.WireGuard;
import io.ratemesh.balancer.pool.Pool;
import io.ratemesh.balancer.pool.PoolOnLoop;
import io.ratemesh.balancer.proxy.FrontDoorCounts;
import io.ratemesh.balancer.proxy.Proxy;
import io.ratemesh.balancer.proxy.ProxySettings;
import io.ratemesh.balancer.route.Routes;
import io.ratemesh.node.http.NodeRoutes;
import io.ratemesh.node.lifecycle.Node;
import io.ratemesh.node.settings.BalancerSettings;
import io.ratemesh.node.settings.BalancerSettings.Listen;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One event loop of the front door: its server, its proxy, its counts. */
final class BalancerVerticle extends VerticleBase {

    /** Beyond the guard's own limits, so that only the guard refuses. */
    private static final int MAX_URI_BYTES = 9 * 1024;

    private static final int MAX_HEAD_BYTES = 17 * 1024;

    /** Longer than any silence of a stream, which has a heartbeat. */
    private static final int IDLE_SECONDS = 75;

    /** Many may come at once; the kernel cuts it to what it allows (Linux: 4096). */
    private static final int ACCEPT_BACKLOG = 16 * 1024;

    private final Node node;
    private final BalancerSettings settings;
    private final AssetHandler assets;
    private final Listen listen;
    private final Ways first;
    private final FrontDoorCounts counts = new FrontDoorCounts();
    private final Map<Pool, Proxy> proxies = new LinkedHashMap<>();
    private volatile List<PoolOnLoop> pools = List.of();
    private @Nullable HttpServer server;
    private @Nullable FrontDoor door;

    /**
     * Of one event loop.
     *
     * @param listen where; the port that the first one took, if it was to be any free one
     * @param first the pools and the routes to begin with
     */
    BalancerVerticle(Node node, AssetHandler assets, Listen listen, Ways first) {
        this.node = node;
        this.settings = node.settings().balancer();
        this.assets = assets;
        this.listen = listen;
        this.first = first;
    }

    @Override
    public Future<?> start() {
        HttpServer http = vertx.createHttpServer(serverOptions());
        WireGuard guard = new WireGuard(vertx, Patience.DEFAULT, counts::refusedOnTheWire);
        http.connectionHandler(connection -> {
            guard.guard(connection);
            counts.connectionOpened();
            connection.closeHandler(ignored -> counts.connectionClosed());
        });
        Router health = Router.router(vertx);
        NodeRoutes.health(health, node.health());
        door = new FrontDoor(vertx, assets, settings.statics().dir(), health, counts);
        take(first);
        server = http;
        return http.requestHandler(door).listen(listen.port(), listen.bind());
    }

    /** The port it listens on, once it does. */
    int port() {
        return Objects.requireNonNull(server, "started").actualPort();
    }

    /** The pools as this loop uses them; may be read from any thread. */
    List<PoolOnLoop> pools() {
        return pools;
    }

    FrontDoorCounts counts() {
        return counts;
    }

    /**
     * Takes these pools and routes from the next request on. What is under way goes on.
     *
     * @return completes when this loop has done so
     */
    Future<Void> use(Ways next) {
        return onLoop(() -> take(next));
    }

    /** Completes once no request on this loop can still go to an upstream that is out of the choice. */
    Future<Void> settled() {
        return onLoop(() -> {});
    }

    /** Ends streams, lets requests under way end, closes. */
    Future<Void> drain(Duration timeout) {
        return onLoop(() -> proxies.values().forEach(Proxy::endStreams))
                .compose(ignored ->
                        Objects.requireNonNull(server, "started").shutdown(timeout.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void take(Ways next) {
        List.copyOf(proxies.keySet()).stream()
                .filter(pool -> !next.pools().contains(pool))
                .forEach(gone -> Objects.requireNonNull(proxies.remove(gone)).close());
        next.pools().forEach(pool -> proxies.computeIfAbsent(pool, this::proxy));
        pools = proxies.values().stream().map(Proxy::pool).toList();
        Map<String, Proxy> byName = new HashMap<>();
        proxies.forEach((pool, proxy) -> byName.put(pool.name(), proxy));
        Routes<Proxy> routes = Routes.of(next.routes(), name -> Objects.requireNonNull(byName.get(name)));
        Objects.requireNonNull(door, "started").use(routes);
    }

    private Proxy proxy(Pool pool) {
        return new Proxy(
                vertx,
                new PoolOnLoop(pool),
                counts,
                ProxySettings.of(listen.port()).withPipelining(pool.settings().pipelining()));
    }

    private Future<Void> onLoop(Runnable action) {
        return Future.future(promise -> context.runOnContext(ignored -> {
            action.run();
            promise.complete();
        }));
    }

    private static HttpServerOptions serverOptions() {
        return new HttpServerOptions()
                // All is written on the connection's loop: without a queue for other threads, 5 kB less a connection.
                .setStrictThreadMode(true)
                .setHttp2ClearTextEnabled(false)
                // A client is told to go on by the proxy, once there is an upstream to take its body.
                .setHandle100ContinueAutomatically(false)
                .setMaxInitialLineLength(MAX_URI_BYTES)
                .setMaxHeaderSize(MAX_HEAD_BYTES)
                .setIdleTimeout(IDLE_SECONDS)
                .setAcceptBacklog(ACCEPT_BACKLOG)
                .setCompressionSupported(false)
                .setTcpNoDelay(true);
    }
}
