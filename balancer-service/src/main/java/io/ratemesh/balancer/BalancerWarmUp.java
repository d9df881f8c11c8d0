package io.ratemesh.balancer;

import io.ratemesh.balancer.assets.AssetHandler;
import io.ratemesh.balancer.listener.ConnectionAdmission;
import io.ratemesh.balancer.listener.ConnectionLimit;
import io.ratemesh.balancer.listener.Listener;
import io.ratemesh.balancer.listener.ListenerContext;
import io.ratemesh.balancer.listener.ListenerProtocol;
import io.ratemesh.balancer.listener.TokenBuckets;
import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.warmup.ProxiedRequests;
import io.ratemesh.balancer.warmup.StubUpstream;
import io.ratemesh.balancer.warmup.WarmUpPool;
import io.ratemesh.node.lifecycle.Node;
import io.ratemesh.node.settings.BalancerSettings;
import io.ratemesh.node.settings.BalancerSettings.Listen;
import io.ratemesh.node.settings.CompressionSettings;
import io.ratemesh.node.settings.LimitSettings;
import io.ratemesh.node.settings.RouteSettings;
import io.ratemesh.node.warmup.LoopbackConnection;
import io.ratemesh.node.warmup.WarmUpPath;
import io.ratemesh.node.warmup.WarmUpRequests;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;

/** One more event loop of the balancer for the warm-up, with a listener, limits, a pool and counters of its own, in front of stubs. */
final class BalancerWarmUp implements WarmUpPath {

    private static final ConnectionLimit CONNECTIONS = new ConnectionLimit(LimitSettings.DEFAULT.connections(), 0);

    private final Node node;
    private final AssetHandler assets;
    private final BalancerSettings settings;

    BalancerWarmUp(Node node, AssetHandler assets) {
        this.node = node;
        this.assets = assets;
        this.settings = node.settings().balancer();
    }

    /** Whether there is a path to warm up: requests that are redirected or served from memory have none. */
    static boolean isUseful(BalancerSettings settings) {
        return !settings.pools().isEmpty() && !settings.http().toHttps();
    }

    @Override
    public Future<? extends WarmUpRequests> open(Vertx vertx) {
        return Future.all(StubUpstream.listen(vertx), StubUpstream.listen(vertx))
                .compose(stubs -> {
                    Listener listener = new Listener(
                            "warm-up",
                            ListenerProtocol.HTTP,
                            new Listen(LoopbackConnection.ADDRESS, 0),
                            false,
                            CONNECTIONS);
                    Pool pool = new Pool(WarmUpPool.of(settings.pools().get(0), stubs.list()), System::nanoTime);
                    return vertx.deployVerticle(new BalancerVerticle(
                                    node, assets, listeners(listener), routing(pool), Optional.empty()))
                            .map(id -> new ProxiedRequests(listener.port()));
                });
    }

    private ListenerContext listeners(Listener listener) {
        return new ListenerContext(
                settings,
                List.of(listener),
                CONNECTIONS,
                new ConnectionAdmission(CONNECTIONS, List.of()),
                new TokenBuckets(0, 1),
                Optional.empty());
    }

    private static RoutingConfiguration routing(Pool pool) {
        return new RoutingConfiguration(
                List.of(pool), List.of(new RouteSettings(ProxiedRequests.PATH, pool.name())), CompressionSettings.NONE);
    }
}
