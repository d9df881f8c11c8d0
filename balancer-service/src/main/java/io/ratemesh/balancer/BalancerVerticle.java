package io.ratemesh.balancer;

import io.ratemesh.balancer.assets.AssetHandler;
import io.ratemesh.balancer.guard.Patience;
import io.ratemesh.balancer.guard.WireGuard;
import io.ratemesh.balancer.pool.Pool;
import io.ratemesh.balancer.pool.PoolOnLoop;
import io.ratemesh.balancer.proxy.FrontDoorCounts;
import io.ratemesh.balancer.proxy.Proxy;
import io.ratemesh.balancer.proxy.ProxySettings;
import io.ratemesh.node.http.NodeRoutes;
import io.ratemesh.node.lifecycle.Node;
import io.ratemesh.node.settings.BalancerSettings.Listen;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.time.Duration;
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

    /** As many as a converter takes on one connection before the first is answered. */
    private static final int OWN_PIPELINING = 64;

    private final Node node;
    private final AssetHandler assets;
    private final Listen listen;
    private final FrontDoorCounts counts = new FrontDoorCounts();
    private final PoolOnLoop pool;
    private @Nullable HttpServer server;
    private @Nullable Proxy proxy;

    BalancerVerticle(Node node, Pool converters, AssetHandler assets, Listen listen) {
        this.node = node;
        this.assets = assets;
        this.listen = listen;
        this.pool = new PoolOnLoop(converters);
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
        Proxy toConverters =
                new Proxy(vertx, pool, counts, ProxySettings.of(listen.port()).withPipelining(OWN_PIPELINING));
        server = http;
        proxy = toConverters;
        return http.requestHandler(new FrontDoor(toConverters, assets, health, counts))
                .listen(listen.port(), listen.bind());
    }

    /** The port it listens on, once it does. */
    int port() {
        return Objects.requireNonNull(server, "started").actualPort();
    }

    PoolOnLoop pool() {
        return pool;
    }

    FrontDoorCounts counts() {
        return counts;
    }

    /** Completes once no request on this loop can still go to an upstream that is out of the choice. */
    Future<Void> settled() {
        return Future.future(promise -> context.runOnContext(ignored -> promise.complete()));
    }

    /** Ends streams, lets requests under way end, closes. */
    Future<Void> drain(Duration timeout) {
        return Future.<Void>future(promise -> context.runOnContext(ignored -> {
                    Objects.requireNonNull(proxy, "started").endStreams();
                    promise.complete();
                }))
                .compose(ignored ->
                        Objects.requireNonNull(server, "started").shutdown(timeout.toMillis(), TimeUnit.MILLISECONDS));
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
